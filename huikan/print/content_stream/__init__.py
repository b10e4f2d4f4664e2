"""Reading what a PDF page paints: every path, text, image and shading with its place, colour and state."""
