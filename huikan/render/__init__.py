"""From a resolved booklet to semantic HTML, and from that HTML to every face."""

from huikan.render.declarations import remember_declarations
from huikan.render.deferred import defer_rare_modules

remember_declarations()
defer_rare_modules()
