"""Every edit that a user can make, as functions on a draft."""
