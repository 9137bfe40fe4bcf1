"""Shared code of debr's DAGs: settings, outcomes of commands, and operators."""
