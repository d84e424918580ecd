// What the tests ask of a page that Chromium has laid out. Each function returns one sentence a fault.
({
  // Text on text, and text that is cut off or lies beside the page.
  textFaults() {
    const TOLERANCE = 1;
    // A line box of Source Sans reaches above its capitals and below its descenders, in parts of the font size.
    const [ABOVE, BELOW] = [0.27, 0.07];
    const faults = [];

    const insideOf = (box, element) => {
      const outer = element.getBoundingClientRect();
      return {
        left: Math.max(box.left, outer.left), right: Math.min(box.right, outer.right),
        top: Math.max(box.top, outer.top), bottom: Math.min(box.bottom, outer.bottom),
      };
    };
    const sticksOut = (box, element) => {
      const outer = element.getBoundingClientRect();
      return outer.left - box.left > TOLERANCE || box.right - outer.right > TOLERANCE
        || outer.top - box.top > TOLERANCE || box.bottom - outer.bottom > TOLERANCE;
    };
    const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
    const cuts = (style) => ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);

    const boxes = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      const text = node.data.trim().slice(0, 40);
      if (!text || !parent.checkVisibility({ visibilityProperty: true }) || parent.closest(".unseen, .skip")) continue;
      const size = this.fontSize(parent);
      range.selectNodeContents(node);
      for (const line of range.getClientRects()) {
        let box = { left: line.left, right: line.right, top: line.top + ABOVE * size, bottom: line.bottom - BELOW * size };
        for (let outer = parent.closest("svg") ?? parent; outer !== document.body; outer = outer.parentElement) {
          const style = getComputedStyle(outer);
          if (scrolls(style)) box = insideOf(box, outer);
          else if (cuts(style) && sticksOut(box, outer)) faults.push(`“${text}” is cut off`);
        }
        if (box.right <= box.left || box.bottom <= box.top) continue; // scrolled out of sight
        if (box.left < -TOLERANCE || box.right > innerWidth + TOLERANCE) faults.push(`“${text}” lies beside the page`);
        boxes.push({ ...box, node, text });
      }
    }

    boxes.sort((a, b) => a.top - b.top);
    boxes.forEach((upper, i) => {
      for (let j = i + 1; j < boxes.length && boxes[j].top < upper.bottom - TOLERANCE; j++) {
        const lower = boxes[j];
        const shared = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left);
        const height = Math.min(upper.bottom, lower.bottom) - lower.top;
        if (upper.node !== lower.node && shared > TOLERANCE && height > TOLERANCE) {
          faults.push(`“${upper.text}” lies on “${lower.text}”`);
        }
      }
    });
    const excess = document.documentElement.scrollWidth - innerWidth;
    if (excess > 0) faults.push(`the page is ${excess} px wider than the window`);
    return faults;
  },

  // Columns of tables that the fixed first column covers even where the table is scrolled to its end.
  columnFaults() {
    const faults = [];
    for (const region of document.querySelectorAll(".scroll")) {
      region.scrollLeft = region.scrollWidth;
      const [first, ...others] = region.checkVisibility() ? region.querySelector("tr").cells : [];
      const last = others.at(-1);
      if (last && last.getBoundingClientRect().left < first.getBoundingClientRect().right - 1) {
        faults.push(`the column “${last.textContent}” never comes out from behind “${first.textContent}”`);
      }
      region.scrollLeft = 0;
    }
    return faults;
  },

  // Text of charts smaller than this many CSS pixels.
  smallTexts(least) {
    return [...document.querySelectorAll("svg[role=img] text")]
      .filter((text) => text.checkVisibility() && this.fontSize(text) < least)
      .map((text) => `“${text.textContent}” has ${this.fontSize(text).toFixed(1)} px`);
  },

  // Text of charts whose contrast with what is drawn under it is less than 4.5: axe leaves drawings out. All of the
  // page has to be in the window.
  contrastFaults() {
    const PAPER = [255, 255, 255];
    const PARTS = [[0.05, 0.5], [0.5, 0.5], [0.95, 0.5]];
    const luminance = (color) => {
      const [r, g, b] = color.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
      const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (lighter + 0.05) / (darker + 0.05);
    };
    const colorUnder = (text, x, y) => {
      const shapes = document.elementsFromPoint(x, y).filter((e) => e instanceof SVGGeometryElement || e instanceof SVGUseElement);
      for (const style of shapes.map((shape) => getComputedStyle(shape))) {
        const [r, g, b, alpha = 1] = style.fill.match(/^rgba?/) ? style.fill.match(/[\d.]+/g).map(Number) : [0, 0, 0, 0];
        const opacity = alpha * style.fillOpacity * style.opacity;
        if (opacity > 0) return [r, g, b].map((v, i) => v * opacity + PAPER[i] * (1 - opacity));
      }
      return PAPER;
    };
    const faults = [];
    for (const text of document.querySelectorAll("svg[role=img] text")) {
      const box = text.getBoundingClientRect();
      if (box.width === 0) continue;
      const color = getComputedStyle(text).fill.match(/[\d.]+/g).slice(0, 3).map(Number);
      const grounds = PARTS.map(([x, y]) => colorUnder(text, box.left + x * box.width, box.top + y * box.height));
      const least = Math.min(...grounds.map((ground) => contrast(color, ground)));
      if (least < 4.5) faults.push(`“${text.textContent}” has a contrast of ${least.toFixed(1)}`);
    }
    return faults;
  },

  // Tables that say that they scroll and do not, or scroll and do not say so.
  hintFaults() {
    return [...document.querySelectorAll("figure.tabular")].flatMap((figure) => {
      const [hint, region] = [figure.querySelector(".hint"), figure.querySelector(".scroll")];
      const [hinted, scrolls] = [hint.checkVisibility({ visibilityProperty: true }), region.scrollWidth > region.clientWidth];
      const said = scrolls ? "scrolls without a hint" : "has a hint to scroll and has room";
      return hinted === scrolls ? [] : [`the table “${figure.querySelector(".title").textContent}” ${said}`];
    });
  },

  // Figures side by side, and cards of the index, whose pictures, numbers or links do not begin at one height.
  neighbourFaults() {
    const top = (element) => Math.round(element.getBoundingClientRect().top);
    const pairs = [...document.querySelectorAll(".pair")]
      .map((pair) => [...pair.querySelectorAll(":scope > div > figure:only-child > div")])
      .filter((pictures) => pictures.length === 2);
    const cards = [...document.querySelectorAll(".card:not(.lead)")];
    const lines = [...new Set(cards.map(top))].map((line) => cards.filter((card) => top(card) === line));
    const parts = [".figure", ".links"].flatMap((part) =>
      lines.map((line) => line.map((card) => card.querySelector(part)).filter(Boolean)));
    return [...pairs, ...parts]
      .filter((row) => new Set(row.map(top)).size > 1)
      .map((row) => `“${row[0].textContent.trim().slice(0, 40)}” does not begin where its neighbours do`);
  },

  // What only a screen can use and paper shows, and links that are pale on paper.
  paperFaults(inked) {
    const useless = [...document.querySelectorAll("nav, details, summary, a[download], .hint, .skip, .links")]
      .filter((element) => element.checkVisibility())
      .map((element) => `paper shows ${element.outerHTML.slice(0, 60)}`);
    const pale = [...document.querySelectorAll("a")]
      .filter((link) => link.checkVisibility() && getComputedStyle(link).color !== inked)
      .map((link) => `the link “${link.textContent.trim().slice(0, 40)}” is pale on paper`);
    return [...useless, ...pale];
  },

  // Size of a text on the screen, in CSS pixels: in a drawing, that of the drawing times its scale.
  fontSize(element) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (!(element instanceof SVGElement)) return size;
    const { a, b } = element.getScreenCTM();
    return size * Math.hypot(a, b);
  },
})
