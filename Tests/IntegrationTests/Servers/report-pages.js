// Opens reports in headless Chromium as readers see them, and tells what is wrong, a line each; ends with
// "N pages: M problems" (exit 1 where there is one).
// Arguments: the browser's path, an empty folder for its profile, axe-core's script, the pages' files.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const { openPage } = require('./browser.js');
const [browser, folder, axeFile, ...files] = process.argv.slice(2);
const axe = fs.readFileSync(axeFile, 'utf8');
const screens = [[1280, 800], [390, 844]];
const themes = ['light', 'dark'];
// What Jenkins sends with artifacts unless it is told otherwise.
const jenkins = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";
// What a reader of a failing run must see without scrolling, where the page is one.
const firstScreen = ['.banner h2', '.banner p', '.banner p + p'];

const server = http.createServer((request, response) => {
  const [path, query] = request.url.split('?');
  const file = files[Number(path.slice(1))];
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (query === 'jenkins') response.setHeader('Content-Security-Policy', jenkins);
  if (file === undefined) response.statusCode = 204;
  response.end(file === undefined ? '' : fs.readFileSync(file));
});

async function main() {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}`;
  const { call, on, open: load, evaluate } = await openPage(browser, folder);
  let said = [];
  on('Log.entryAdded', ({ entry }) => said.push(entry.text));
  on('Runtime.consoleAPICalled', ({ args }) => said.push(JSON.stringify(args)));
  on('Runtime.exceptionThrown', ({ exceptionDetails }) => said.push(JSON.stringify(exceptionDetails)));
  for (const domain of ['Runtime', 'Log']) await call(`${domain}.enable`);
  const open = (path) => {
    said = [];
    return load(base + path);
  };
  const look = async ([width, height], theme) => {
    await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] });
  };
  const text = () => evaluate('document.querySelector(".page").innerText.replace(/\\s+/g, " ")');

  let problems = 0;
  const problem = (words) => { problems++; console.log(words); };
  for (const [index, file] of files.entries()) {
    const path = `/${index}`;
    for (const screen of screens) {
      for (const theme of themes) {
        const where = `${file}, ${screen.join('x')}, ${theme}`;
        await look(screen, theme);
        await open(path);
        const wider = await evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        if (wider > 0) problem(`${where}: ${wider} px wider than the screen`);
        // Null where the page does not fail, and 0 where one that does lacks what it must show.
        const bottoms = JSON.parse(await evaluate(`JSON.stringify(document.querySelector('.banner.fail') &&
          ${JSON.stringify(firstScreen)}.map((s) => document.querySelector(s)?.getBoundingClientRect().bottom ?? 0))`));
        for (const [place, bottom] of (bottoms ?? []).entries()) {
          if (bottom <= 0 || bottom > screen[1]) problem(`${where}: ${firstScreen[place]} is not on the first screen`);
        }
        for (const line of said) problem(`${where}: the browser says ${line}`);
        await evaluate(`${axe}; 0`);
        const { violations, passes } = JSON.parse(await evaluate(
          'axe.run(document).then(({ violations, passes }) => JSON.stringify({ violations, passes: passes.length }))',
        ));
        if (passes < 20) problem(`${where}: axe looked at little: ${passes} rules`);
        for (const { id, nodes } of violations) {
          problem(`${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3).join(' ')}`);
        }
      }
    }
    await look(screens[0], 'light');
    await open(path);
    const withScript = await text();
    const plots = JSON.parse(await evaluate(`JSON.stringify([...document.querySelectorAll('svg[data-x]')].map((svg) => {
      const box = svg.getBoundingClientRect();
      svg.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + box.width / 2 }));
      const hover = svg.nextElementSibling.textContent;
      svg.dispatchEvent(new PointerEvent('pointerleave'));
      svg.focus();
      svg.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }));
      const end = svg.getAttribute('aria-valuetext');
      svg.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home' }));
      return { title: svg.querySelector('title').textContent, hover, end, start: svg.getAttribute('aria-valuetext') };
    }))`));
    for (const { title, hover, end, start } of plots) {
      for (const value of [hover, end, start]) {
        if (!/.: .*\d/.test(value)) problem(`${file}: ${title} tells "${value}"`);
      }
    }
    console.log(`${file}: ${plots.length} plots tell their values, such as "${plots[0]?.hover}"`);
    await call('Emulation.setScriptExecutionDisabled', { value: true });
    await open(path);
    if ((await text()) !== withScript) problem(`${file}: the text is another without scripts`);
    await call('Emulation.setScriptExecutionDisabled', { value: false });
    // Where no style applies, what styles hide is shown, and nothing is missing.
    await open(`${path}?jenkins`);
    const strict = JSON.parse(await evaluate(`JSON.stringify({
      styled: getComputedStyle(document.querySelector('h1')).fontSize !== '32px',
      missing: [...document.querySelectorAll('h1, h2, h3, p, td, th, pre, svg, a')]
        .filter((element) => element.innerHTML !== '' && element.getClientRects().length === 0).length,
      black: [...document.querySelectorAll('svg path')]
        .filter((path) => getComputedStyle(path).fill === 'rgb(0, 0, 0)').length,
    })`));
    if (strict.styled) problem(`${file}: the strict policy was not applied`);
    if (strict.missing > 0) problem(`${file}: ${strict.missing} elements are missing under a strict policy`);
    if (strict.black > 0) problem(`${file}: ${strict.black} lines are filled under a strict policy`);
  }
  console.log(`${files.length} pages: ${problems} problems`);
  process.exit(problems === 0 ? 0 : 1);
}
main().catch((error) => {
  console.error(error);
  process.exit(2);
});
