// What a person with weak eyes, a shaking hand or a small phone would trip over. Each gives a list of faults.
window.measures = {
  name(element) {
    const words = (element.innerText || element.name || "").trim().slice(0, 40);
    return `<${element.tagName.toLowerCase()} class="${element.className}"> ${words}`;
  },

  shown(element) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && box.width > 1 && box.height > 1 && !element.closest(".unseen, .skip");
  },

  // Wider than the window.
  tooWide() {
    const wide = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return this.shown(element) && (box.right > wide + 0.5 || box.left < -0.5);
    }).map(this.name);
  },

  // WCAG 2.2: 24 px; what a person must hit to get help: 44 px. Links inside a sentence may be lower.
  tooSmall() {
    return [...document.querySelectorAll("a, button, summary, select, input, label.choice")].filter((element) => {
      if (!this.shown(element) || (element.type === "checkbox" && element.closest("label"))) return false;
      const box = element.getBoundingClientRect();
      const main = element.matches(".button, .leave, .choice, summary, select, input");
      const inSentence = getComputedStyle(element).display === "inline" && element.closest("p, dd");
      return !inSentence && (box.height < (main ? 43.5 : 24) || box.width < 24);
    }).map((element) => `${this.name(element)} ${element.getBoundingClientRect().height}px`);
  },

  // Contrast below 4.5 to 1 between words and the first opaque colour behind them.
  tooFaint() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faults = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !this.shown(element)) continue;
      const ratio = this.contrast(getComputedStyle(element).color, this.behind(element));
      if (ratio < 4.5) faults.add(`${this.name(element)} ${ratio.toFixed(2)}`);
    }
    return [...faults];
  },

  behind(element) {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/^rgba\(.*, 0\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  },

  contrast(one, other) {
    const [light, dark] = [this.luminance(one), this.luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  },

  luminance(colour) {
    const [red, green, blue] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  },
};
