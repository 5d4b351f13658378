"""Tools: what pointer and keys mean now. One file a tool or a gesture; none knows Qt."""
