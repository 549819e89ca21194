// Ends a run with the plain line that counts in any language.

export default class ClosingLine {
  #passed = 0;
  #failed = 0;
  #skipped = 0;

  /**
   * @param {import("@playwright/test/reporter").TestCase} _test
   * @param {import("@playwright/test/reporter").TestResult} result
   */
  onTestEnd(_test, result) {
    if (result.status === "passed") this.#passed += 1;
    else if (result.status === "skipped") this.#skipped += 1;
    else this.#failed += 1;
  }

  onEnd() {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`);
  }

  printsToStdio() {
    return false;
  }
}
