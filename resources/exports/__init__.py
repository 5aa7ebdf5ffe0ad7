"""The directory in other people's formats. What is secret to a meeting, or somebody's name, is in none of them."""
