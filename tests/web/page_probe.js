// What a browser shows of a page, for tests. Run once in the page: it sets `window.probe`.
(() => {
  const describe = (element) => `${element.tagName.toLowerCase()} “${(element.textContent.trim() || element.name || '').replace(/\s+/g, ' ').slice(0, 50)}”`;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0;
  const isStopOfGroup = (element) => {
    if (element.type !== 'radio') return true;
    const group = [...document.querySelectorAll('input[type=radio]')].filter((other) => other.name === element.name && other.form === element.form);
    return element === (group.find((other) => other.checked) ?? group[0]);
  };
  const listStops = () => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((element) => isShown(element) && isStopOfGroup(element));
  const findBox = (element) => {
    const { left, right, top, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
    return { left, right, top: top + scrollY, bottom: bottom + scrollY, x: (left + right) / 2, y: (top + bottom) / 2 };
  };
  const isCovered = (element) => {
    const { x, y } = findBox(element);
    const there = document.elementFromPoint(x, y);
    return !there || ![element, ...(element.labels ?? [])].some((own) => own.contains(there));
  };
  const isBefore = (first, then) => {
    const shared = Math.min(first.bottom, then.bottom) - Math.max(first.top, then.top);
    const isOneRow = shared > Math.min(first.bottom - first.top, then.bottom - then.top) / 2;
    return isOneRow ? first.left <= then.left + 1 : first.top <= then.top + 1;
  };
  const listJumps = (stops, isAllowed) => stops.slice(1).flatMap((then, index) => (isAllowed(stops[index].box, then.box) ? [] : [`${stops[index].name} → ${then.name}`]));

  const walked = [];
  // At a press of Tab, what was reached by the press before has the focus, and is scrolled to.
  document.addEventListener('keydown', ({ key }) => {
    const element = document.activeElement;
    if (key !== 'Tab' || element === document.body || walked.some((stop) => stop.element === element)) return;
    walked.push({ element, name: describe(element), box: findBox(element), covered: isCovered(element) });
  }, true);

  window.probe = {
    beginAtTop() {
      const start = document.createElement('button');
      document.body.prepend(start);
      start.focus();
      start.remove();
      walked.length = 0;
      const parts = (element) => (['date', 'time'].includes(element.type) ? 5 : 1);
      return listStops().reduce((sum, element) => sum + parts(element), 2);
    },
    readWalk() {
      return {
        covered: walked.filter((stop) => stop.covered).map((stop) => stop.name),
        jumps: listJumps(walked.filter((stop) => !stop.element.matches('.skip')), isBefore),
        missed: listStops().filter((element) => !walked.some((stop) => stop.element === element)).map(describe),
      };
    },
    // Beside each other stand columns: the next control may stand higher if it stands to the right.
    listJumpsOfColumns: () => listJumps(listStops().filter((element) => !element.matches('.skip')).map((element) => ({ name: describe(element), box: findBox(element) })), (first, then) => isBefore(first, then) || then.left >= first.right),
    spaceText() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }');
      document.adoptedStyleSheets = [sheet];
    },
    listOutside() {
      const isOutside = (element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll, pre, .unseen');
      const isCut = (element) => !element.matches('input, select') && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && ['hidden', 'clip'].includes(getComputedStyle(element).overflowX);
      const all = [...document.querySelectorAll('body *')];
      const isWide = document.documentElement.scrollWidth > innerWidth;
      return [...(isWide ? ['the page scrolls'] : []), ...all.filter((element) => (isWide && isOutside(element)) || isCut(element)).map(describe)];
    },
    // A word that fits on a line stands on one. An address may break anywhere.
    listBrokenWords() {
      const broken = [];
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.parentElement.checkVisibility() || text.parentElement.closest('.unseen, .skip, script, select, textarea') || text.data.includes('@')) continue;
        for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]{2,12}(?![\p{L}\p{N}])/gu)) {
          if (/[\p{L}\p{N}]/u.test(text.data[index - 1] ?? ' ')) continue;
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const lines = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
          if (lines.size > 1) broken.push(word);
        }
      }
      return broken;
    },
    // What stands in the document with its scripts run, and without; both but for `written`, which scripts write.
    compareWords(html, written) {
      const read = (root) => {
        const body = root.cloneNode(true);
        for (const element of body.querySelectorAll(`script, ${written}`)) element.remove();
        return body.textContent.replace(/\s+/g, ' ').trim();
      };
      return [read(new DOMParser().parseFromString(html, 'text/html').body), read(document.body)];
    },
  };
})();
