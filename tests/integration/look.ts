/**
 * Opens a file in a real Chromium, at the width of a desktop and of a phone, in light and dark mode.
 * Prints problems as JSON: console messages, network requests, content wider than the screen, and
 * findings of axe-core. Runs as a process with all permissions, because playwright-core reads `/proc`.
 *
 * @module
 */
import axe from "npm:axe-core@4.14.1";
import { type Browser, chromium, type Page } from "npm:playwright-core@1.65.1";

const WIDTHS = [1400, 380];
const SCHEMES = ["light", "dark"] as const;

/** The states of the page: as it opens, and with all details open. */
const STATES: Readonly<Record<string, string>> = {
  opened: "0",
  unfolded: "document.querySelectorAll('details').forEach((it) => { it.open = true })",
};

/** Adds a problem to the list. */
type Note = (what: string) => void;

async function validate(page: Page, note: Note): Promise<void> {
  const [width, room] = await page.evaluate<[number, number]>(
    "[document.documentElement.scrollWidth, innerWidth]",
  );
  if (width > room) note(`${width} pixels wide on ${room}`);
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  for (const { id, nodes } of violations) note(`${id}: ${nodes[0]?.html}`);
}

async function look(
  browser: Browser,
  { path, width, scheme, note }: {
    readonly path: string;
    readonly width: number;
    readonly scheme: typeof SCHEMES[number];
    readonly note: Note;
  },
): Promise<void> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  page.on("console", (message) => note(message.text()));
  page.on("pageerror", (error) => note(error.message));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) note(`requests ${request.url()}`);
  });
  await page.goto(`file://${path}`);
  await page.evaluate(axe.source);
  for (const [name, reach] of Object.entries(STATES)) {
    await page.evaluate(reach);
    await validate(page, (what) => note(`${name}: ${what}`));
  }
  await page.close();
}

if (import.meta.main) {
  const [executablePath = "", path = ""] = Deno.args;
  const found: string[] = [];
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      const note = (what: string) => void found.push(`${width} ${scheme}: ${what}`);
      await look(browser, { path, width, scheme, note });
    }
  }
  await browser.close();
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(found)));
}
