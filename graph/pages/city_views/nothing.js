// A view with nothing to draw: the page says why.
"use strict";

Page.begin({ select() {}, deselect() {}, redraw() {}, entries: () => [] });
