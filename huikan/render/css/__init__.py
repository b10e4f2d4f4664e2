"""What is wrong in the stylesheets that a publication brings along, as findings for who writes them."""
