"""OneBow 一张弓: Party-branch work and professional work of public bodies, run as one."""

__version__ = "0.2.0"
