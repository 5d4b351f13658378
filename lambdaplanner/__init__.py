"""Plans VPCs with Lambda attachments: a document, questions about it, a window to draw it in."""

__version__ = "0.1.0"
