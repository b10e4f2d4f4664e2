"""From a resolved booklet to semantic HTML, and from that HTML to every face."""
