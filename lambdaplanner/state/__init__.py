"""What the program keeps for itself: notes of unsaved work, and a log. It knows no Qt."""
