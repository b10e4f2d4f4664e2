"""The rules, one module for each topic: functions from a page or a file to findings."""
