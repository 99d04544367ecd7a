"""What the system can do against screenshots and screen sharing, and what it is told to do."""
