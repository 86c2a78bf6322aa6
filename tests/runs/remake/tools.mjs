// Tools that make records anew, each of the page stall.html.
import { codeceptjs } from "./tools/npm/codeceptjs.mjs";
import { cucumber } from "./tools/npm/cucumber.mjs";
import { mochawesome } from "./tools/npm/mochawesome.mjs";
import { playwrightCore } from "./tools/npm/playwright-core.mjs";
import { playwrightMcp } from "./tools/npm/playwright-mcp.mjs";
import { playwrightTest } from "./tools/npm/playwright-test.mjs";
import { puppeteerCore } from "./tools/npm/puppeteer-core.mjs";
import { testcafe } from "./tools/npm/testcafe.mjs";
import { webdriverio } from "./tools/npm/webdriverio.mjs";
import { allurePytest } from "./tools/pypi/allure-pytest.mjs";
import { behave } from "./tools/pypi/behave.mjs";
import { inspectAi } from "./tools/pypi/inspect-ai.mjs";
import { pydanticAi } from "./tools/pypi/pydantic-ai.mjs";
import { pytestHtml } from "./tools/pypi/pytest-html.mjs";
import { seleniumLibrary } from "./tools/pypi/seleniumlibrary.mjs";

/**
 * By the name of the package: the version that is known to be read right, and what makes its records in a folder. Each
 * record has a path, the states that its pictures show (neighbors that are the same count once), whether the run failed and
 * the place of the picture that shows it, what its captions say, how many clicks it has at least, and the codes of its
 * warnings.
 */
export const TOOLS = {
  "playwright-core": playwrightCore,
  "@playwright/test": playwrightTest,
  "@playwright/mcp": playwrightMcp,
  "puppeteer-core": puppeteerCore,
  "@cucumber/cucumber": cucumber,
  codeceptjs,
  mochawesome,
  testcafe,
  webdriverio,
  "allure-pytest": allurePytest,
  behave,
  "inspect-ai": inspectAi,
  "pydantic-ai-slim": pydanticAi,
  "pytest-html": pytestHtml,
  "robotframework-seleniumlibrary": seleniumLibrary,
};
