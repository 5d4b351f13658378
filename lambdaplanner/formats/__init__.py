"""Files: plans as YAML, and pictures that carry one."""
