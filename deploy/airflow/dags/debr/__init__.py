"""What debr's DAGs share: settings, outcomes of commands, and how a command is run."""
