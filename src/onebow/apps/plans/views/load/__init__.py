"""Pages of ceilings of workload, and of what a plan brings over one."""
