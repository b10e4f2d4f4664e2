"""From a resolved booklet to semantic HTML, and from that HTML to every face."""

from huikan.render.declarations import remember_declarations

remember_declarations()
