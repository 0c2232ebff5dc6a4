"""The workbench: a local web application over a project. Nothing leaves the machine."""
