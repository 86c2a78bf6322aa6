// The order that people mean by names of pictures, and what is said where names say none.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readRuns, sortFiles } from "task-gif/runs";
import { folderOf, namesOf } from "./support/picture-folder.mjs";

/** Names in the order that people mean, by what is difficult about them. */
const ORDERS = {
  "a first one without a number": ["login.png", "login (1).png", "login (2).png", "login (10).png"],
  "counters behind a separator": [
    "test-finished.png",
    "test-finished-1.png",
    "test-finished-2.png",
    "test-finished-10.png",
  ],
  "tries of a test": ["pays (failed).png", "pays (failed) (attempt 2).png", "pays (failed) (attempt 3).png"],
  // As monocart-reporter 2.13.1 writes what tests attach.
  "a counter behind different words": ["start-1.png", "typed-2.png", "added-3.png", "start-7.png", "ordered-10.png"],
  "copies of macOS": ["login.png", "login copy.png", "login copy 2.png", "login copy 10.png"],
  "copies of Windows": ["login.png", "login - Copy.png", "login - Copy (2).png"],
  "copies in a drive": ["login.png", "Copy of login.png"],
  "copies between steps": ["step 1.png", "step 1 copy.png", "step 2.png"],
  "endings that differ": ["1.png", "2.jpg", "3.png", "10.jpg"],
  "12-hour clocks": [
    "Screenshot 2026-01-02 at 12.00.10 AM.png",
    "Screenshot 2026-01-02 at 9.05.03 AM.png",
    "Screenshot 2026-01-02 at 11.59.59\u202fAM.png",
    "Screenshot 2026-01-02 at 12.00.10 PM.png",
    "Screenshot 2026-01-02 at 1.00.10 PM.png",
    "Screenshot 2026-01-03 at 12.00.10 AM.png",
  ],
  "12-hour clocks without a date": ["9am.png", "10am.png", "12pm.png", "1pm.png"],
  "seconds with fractions of changing length": [
    "page@a1b2c3d4e5f60718-1700000795.418384.jpeg",
    "page@a1b2c3d4e5f60718-1700000795.68504.jpeg",
    "page@a1b2c3d4e5f60718-1700000796.1.jpeg",
  ],
  "times with an offset": [
    "2026-01-02T10-05-03.5Z.png",
    "2026-01-02T10-05-03.75Z.png",
    "2026-01-02T12-05-04+02:00.png",
    "2026-01-02T10-05-05Z.png",
  ],
  "times of browsers": ["page-2026-11-29T16-14-58-653Z.png", "page-2026-11-29T16-14-58-708Z.png"],
  "times without separators": ["20260102T100503Z.png", "20260102T100503.5Z.png", "20260102T100504Z.png"],
  "counters behind a time": ["2026-01-02_10-05.png", "2026-01-02_10-05_1.png", "2026-01-02_10-05_2.png"],
  fractions: ["t0.25.png", "t0.5.png", "t0.75.png", "t1.png", "t1.5.png"],
  "numbers of steps in steps": ["step_1.8.png", "step_1.9.png", "step_1.10.png", "step_1.11.png"],
  versions: ["v1.2.9.png", "v1.2.10.png", "v1.10.0.png"],
  signs: ["offset_-10.png", "offset_-5.png", "offset_0.png", "offset_5.png"],
  "signs at the beginning": ["-2.png", "-1.png", "0.png", "1.png"],
  "signs behind letters": ["t-10.png", "t-5.png", "t+0.png", "t+5.png"],
  "hyphens that are no signs": ["shot-1.png", "shot-2.png", "shot-10.png"],
  units: ["500ms.png", "1s.png", "1500ms.png", "2s.png", "1min.png"],
  "before and after": ["step1_before.png", "step1_after.png", "step2_before.png", "step2_after.png"],
  "dates that begin with the day": ["shot 29-11-2026.png", "shot 30-11-2026.png", "shot 01-12-2026.png"],
  "dates and times that begin with the day": ["30.11.2026 9-05.png", "30.11.2026 10-00.png", "1.12.2026 8-00.png"],
  "dates that begin with the month": ["a 11-30-2026 x.png", "a 12-01-2026 b.png", "a 01-02-2027 a.png"],
  "months in letters": ["Nov 30 2026.png", "Dec 1 2026.png", "Jan 2, 2027.png"],
  "months in letters behind the day": ["30 nov 2026.png", "1 December 2026.png", "2 jan 2027.png"],
  "days and months without a year": ["9 Nov 10.00.png", "30 Nov 9.00.png", "1 Dec 9.00.png"],
  "steps that look like days": ["1 open.png", "2 mar price.png", "3 jan price.png", "10 done.png"],
  months: ["Jan 2.png", "Feb 1.png", "Mar 3.png", "Apr 1.png"],
  "words for numbers": ["one.png", "two.png", "three.png", "four.png"],
  "patterns that look like chance": ["s01e02p03.png", "s01e02p10.png", "s01e10p01.png"],
  "UUIDs that begin with a time": [
    "018f2f4a-0000-7abc-8def-00000000000f.png",
    "018f2f4b-0000-7abc-8def-000000000001.png",
  ],
  "times in seconds and in milliseconds": [
    "1700000000.png",
    "1700000001500.png",
    "1700000002.png",
    "1700000003.25.png",
  ],
  "times in milliseconds, microseconds and nanoseconds": [
    "shot_1700000000100_a.png",
    "shot_1700000000100200_b.png",
    "shot_1700000000100300400_c.png",
    "shot_1700000000101_d.png",
  ],
  "hexadecimal counters": [..."89abcdef", "10", "11"].map((digits) => `shot-${digits}.png`),
  "hexadecimal counters of fixed length": ["0009.png", "000a.png", "001f.png", "00A0.png", "0100.png"],
  "hexadecimal counters behind letters": [..."89abcdef"].map((digit) => `frame1${digit}.png`).concat("frame20.png"),
  "hexadecimal counters that say so": ["at 0x9.png", "at 0x1f.png", "at 0xa0.png"],
  "hexadecimal counters before words": ["9-open.png", "a-cart.png", "b-pay.png", "c-done.png"],
  "letters of steps": ["1a.png", "1b.png", "2a.png", "2b.png"],
  "thousands with separators": ["frame 998.png", "frame 999.png", "frame 1,000.png", "frame 1.001.png"],
  "dates of eight digits that begin with the day": ["30112026 b.png", "01122026 a.png"],
  "numbers beyond 2^53": ["99999999999999999998.png", "99999999999999999999.png", "100000000000000000000.png"],
  "exponents of programs": ["1e-05.png", "0.0001.png", "1e-3.png", "2.5e2.png"],
  "episodes that look like exponents": ["s1e3.png", "s1e4.png", "s2e1.png"],
  "versions before a release": [
    "v1.0.0-alpha.png",
    "v1.0.0-beta.2.png",
    "v1.0.0-beta.11.png",
    "v1.0.0-rc.1.png",
  ].concat(["v1.0.0.png", "v1.0.1-rc.1.png", "v1.0.1.png"]),
  "versions of one number before a release": ["app v2-rc1.png", "app v2.png"],
  "versions behind a v": ["v1.2.png", "v1.9.png", "v1.15.png"],
  "dates with a year of two digits": ["29.11.26.png", "30.11.26.png", "01.12.26.png"],
  "dates with a year of two digits, and times": [
    "shot 29-11-26 10.05.01.png",
    "shot 29-11-26 10.05.02.png",
    "shot 01-12-26 09.00.00.png",
  ],
  "dates with a year of two digits around New Year": ["30.12.26.png", "31.12.26.png", "01.01.27.png"],
  "dates of two digits that begin with the year": ["26-11-29.png", "26-11-30.png", "26-12-01.png", "27-01-01.png"],
  "times of day that look like dates": ["10.11.26.png", "10.11.59.png", "10.12.03.png", "11.01.00.png"],
  "chapters that look like days": ["01.01.png", "01.02.png", "02.01.png", "02.02.png"],
  "dates that begin with the day, and others with the month": ["30.11.2026.png", "12.31.2026.png", "13.01.2027.png"],
  "months in letters with a year of two digits": ["29-Nov-26.png", "01-Dec-26.png", "01-Jan-27.png"],
  "months in letters without separators": ["29Nov2026.png", "01Dec2026.png"],
  "months with a year": ["Nov 2026.png", "Dec 2026.png", "Jan 2027.png"],
  "numbers of months with a year": ["11-2026.png", "12-2026.png", "01-2027.png"],
  "quarters and weeks with a year": ["Q4 2026.png", "Q1 2027.png", "Q2 2027.png"],
  "Roman numerals": ["step I.png", "step II.png", "step IV.png", "step V.png", "step IX.png", "step X.png"],
  "letters of columns": ["y.png", "z.png", "aa.png", "ab.png"],
  "digits of other scripts": ["step ١.png", "step ٢.png", "step ١٠.png"],
  "12-hour clocks of macOS in Spanish": [
    "Captura 2026-01-02 a las 9.05.03 a. m..png",
    "Captura 2026-01-02 a las 11.05.03 a. m..png",
    "Captura 2026-01-02 a las 1.05.03 p. m..png",
  ],
  "dates with months in German": ["30. November 2026.png", "1. Dezember 2026.png", "1. Januar 2027.png"],
  "dates with months in French": ["30 nov. 2026.png", "1er décembre 2026.png", "2 janv. 2027.png"],
  "dates with months in Spanish": ["30 de noviembre de 2026.png", "1 de diciembre de 2026.png"],
  "dates behind the day of the week": ["Mon, 30 Nov 2026 10-00-00.png", "Tue, 01 Dec 2026 09-00-00.png"],
  "dates as C and Python write them": ["Mon Nov 30 10-00-00 2026.png", "Tue Dec  1 09-00-00 2026.png"],
  "dates of a browser": ["Mon Nov 30 2026 10-00-00 GMT+0100.png", "Tue Dec 01 2026 09-00-00 GMT+0100.png"],
  "dates and times in one number that begins with the day": ["30112026235959.png", "01122026000000.png"],
  "halves of years": ["H2 2026.png", "H1 2027.png"],
  "zones by their names": ["2026-11-30 10-00-00 CEST.png", "2026-11-30 09-30-00 UTC.png"],
  "durations in units that change": ["45s.png", "1m5s.png", "1m30s.png", "59m59s.png", "1h00m00s.png", "1h00m01s.png"],
  "minutes beside seconds": ["30s.png", "1m.png", "2m.png", "90m.png"],
  "fractions as one letter": ["1.png", "1½.png", "2.png", "10.png"],
  "a first and a last one without a number": ["initial.png", "step_1.png", "step_10.png", "final.png"],
  "a last one that the alphabet puts first": ["shot1.png", "shot2.png", "end.png"],
  "times behind different words": ["open_1764410399.png", "fill_1764410401.png", "click_1764410402.png"],
  "dates behind different words": ["open_2026-11-30T10-00-00.png", "fill_2026-11-30T10-00-05.png"],
  "times behind identifiers": [
    "9f3b2c1d-1111-4aaa-8bbb-123456789abc_1764410399999.png",
    "0f3b2c1d-2222-4aaa-8bbb-123456789abc_1764410400500.png",
  ],
  "counters behind identifiers": ["f3a9c2d4_1.png", "0b1c2d3e_2.png", "9a8b7c6d_3.png"],
  "12-hour clocks of macOS in Chinese": [
    "截屏2026-11-29 上午11.00.00.png",
    "截屏2026-11-29 下午12.30.00.png",
    "截屏2026-11-29 下午1.00.00.png",
  ],
  "12-hour clocks of macOS in Korean": [
    "스크린샷 2026-11-29 오후 12.30.00.png",
    "스크린샷 2026-11-29 오후 1.00.00.png",
  ],
  "12-hour clocks in Arabic": ["2026-11-29 9.59.59 ص.png", "2026-11-29 1.00.00 م.png"],
  "12-hour clocks in Greek": ["2026-11-29 9.59.59 π.μ..png", "2026-11-29 1.00.00 μ.μ..png"],
  "offsets of four digits east and west of UTC": ["2026-11-29T09-00-00+0100.png", "2026-11-29T04-00-00-0500.png"],
  "pre and post": ["pre-click.png", "post-click.png"],
  "wide digits": ["step１.png", "step２.png", "step10.png"],
};

for (const [what, names] of Object.entries(ORDERS)) {
  test(`${what} have the order that people mean, whatever order they come in`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(names, { minLength: names.length }), async (shuffled) => {
        const [run] = await readRuns(folderOf(shuffled));
        assert.deepEqual(await namesOf(run), names);
        assert.deepEqual(run.warnings, []);
      }),
      { numRuns: 10 },
    );
  });
}

test("any names have one order, and none is lost", async () => {
  const part = fc.constantFrom(
    "step",
    " copy",
    "-",
    "_",
    " ",
    ".",
    "1",
    "02",
    "10",
    "9.5",
    "2026-01-02T03-04-05",
    "pm",
    "(",
    ")",
    "é",
    "ab12cd34",
  );
  const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => `x${parts.join("")}.png`);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 2, maxLength: 12 }),
      fc.func(fc.integer()),
      async (names, key) => {
        const read = (list) =>
          readRuns(folderOf(list)).then(
            ([run]) => namesOf(run),
            ({ code }) => code,
          );
        const once = await read(names);
        if (once !== "ORDER_UNKNOWN") assert.deepEqual(once.toSorted(), names.toSorted());
        assert.deepEqual(await read(names.toSorted((a, b) => key(a) - key(b))), once);
      },
    ),
    { numRuns: 200 },
  );
});

for (const [what, names] of Object.entries({
  UUIDs: ["8535a54c-79e6-46e1-92d1-9527ff0bdf22-attachment.png", "bd68d52c-1349-4f4d-bec7-9376e85ef36e-attachment.png"],
  hashes: ["25be51e97f5b0f946471850c73ba204b6de46851.png", "4023dd8919c35e94111acf9d917159b29277c6a8.png"],
  "random letters": ["xk3d9f2a.png", "p2m4q8zz.png"],
})) {
  test(`${what} say no order: an error names the way out, and times are one`, async () => {
    await assert.rejects(readRuns(folderOf(names)), (error) => {
      assert.equal(error.code, "ORDER_UNKNOWN");
      assert.match(error.message, /--order time/);
      assert.ok(names.every((name) => error.message.includes(name)));
      return true;
    });
    const files = names.map((name, i) => {
      return new File([folderOf([name]).get(name)], name, { lastModified: 1_000_000 - i * 1000 });
    });
    const [run] = await readRuns(files, { order: "time" });
    assert.deepEqual(await namesOf(run), names.toReversed());
    await assert.rejects(readRuns(folderOf(names), { order: "time" }), { code: "ORDER_UNKNOWN" });
  });
}

test("dates of which nobody knows whether they begin with the day are in order of both readings, or a warning", async () => {
  const warningsOf = async (names) => (await readRuns(folderOf(names)))[0].warnings.map(({ code }) => code);
  assert.deepEqual(await warningsOf(["05-01-2026.png", "06-01-2026.png"]), []);
  assert.deepEqual(await warningsOf(["05-02-2026.png", "04-03-2026.png"]), ["ORDER_GUESSED"]);
});

test("a counter that began anew: the times of the files decide, else it is a warning", async () => {
  const names = ["IMG_9998.JPG", "IMG_9999.JPG", "IMG_0001.JPG", "IMG_0002.JPG"];
  const shown = async (times, given = names) => {
    const files = given.map((name, i) => new File([folderOf([name]).get(name)], name, { lastModified: times[i] }));
    const [run] = await readRuns(files);
    return [await namesOf(run), run.warnings.map(({ code }) => code)];
  };
  const minutes = (...all) => all.map((minute) => 1_700_000_000_000 + minute * 60_000);
  const byNumber = [...names.slice(2), ...names.slice(0, 2)];
  assert.deepEqual(await shown(minutes(0, 1, 2, 3)), [names, []]);
  assert.deepEqual(await shown(minutes(8, 9, 0, 1)), [byNumber, []]);
  // A copy has other times: all the same, or in the order of the names.
  assert.deepEqual(await shown(minutes(0, 0, 0, 0)), [names, ["ORDER_GUESSED"]]);
  assert.deepEqual(await shown(minutes(0.02, 0.03, 0, 0.01)), [names, ["ORDER_GUESSED"]]);
  const five = ["DSC09999.JPG", "DSC00001.JPG"];
  assert.deepEqual(await shown(minutes(0, 0), five), [five, ["ORDER_GUESSED"]]);
  const [run] = await readRuns(folderOf(names));
  assert.deepEqual([await namesOf(run), run.warnings[0].code], [names, "ORDER_GUESSED"]);
  assert.match(run.warnings[0].message, /begun anew between "IMG_9999.JPG" and "IMG_0001.JPG"; .*--order time/);
});

test("dates with words that may be months of any language are in order of both readings, or a warning", async () => {
  const warningsOf = async (names) => (await readRuns(folderOf(names)))[0].warnings.map(({ code }) => code);
  assert.deepEqual(await warningsOf(["30 listopad 2026.png", "1 grudzień 2026.png"]), ["ORDER_GUESSED"]);
  assert.deepEqual(await warningsOf(["1 listopad 2026.png", "2 listopad 2026.png"]), []);
});

test("names that people may mean otherwise are in their likelier order, with a warning", async () => {
  for (const names of [
    ["1e3.png", "2e3.png", "1e4.png"],
    ["1e-1.png", "2e-1.png", "1e-0.png"],
    ["291126.png", "301126.png", "011226.png"],
    ["shot-10.11.26.png", "shot-09.12.26.png"],
    ["29.11.png", "30.11.png", "01.12.png"],
    ["30.12.png", "31.12.png", "01.01.png"],
    ["1.25.png", "1.5.png", "1.75.png"],
    ["1.0a1.png", "1.0b1.png", "1.0.png"],
    ["b.png", "w.png"],
    ["9f3k2.png", "9x8d4.png", "12a4c.png"],
    ["before-1.png", "after-1.png", "before-2.png", "after-2.png"],
    ["2911.png", "3011.png", "0112.png"],
    ["2026-11-01T01-00-00-0500.png", "2026-11-01T01-59-00-0400.png"],
  ]) {
    const [run] = await readRuns(folderOf(names.toReversed()));
    assert.deepEqual([await namesOf(run), run.warnings.map(({ code }) => code)], [names, ["ORDER_GUESSED"]]);
    assert.match(run.warnings[0].message, /--order time/);
  }
});

test("what begins anew: the times of the files decide, else it is a warning", async () => {
  for (const names of [
    ["235958.png", "235959.png", "000001.png"],
    ["cam1_235959.png", "cam1_000001.png"],
    ["2358.png", "2359.png", "0001.png"],
    ["23-59.png", "00-01.png"],
    ["12.59.59.png", "1.00.05.png"],
    ["12-30.png", "12-31.png", "01-01.png"],
    ["Nov 29.png", "Dec 31.png", "Jan 1.png"],
    ["Nov.png", "Dec.png", "Jan.png"],
    ["Sat.png", "Sun.png", "Mon.png"],
  ]) {
    const files = names.map((name, i) => new File([folderOf([name]).get(name)], name, { lastModified: i * 120_000 }));
    const [timed] = await readRuns(files);
    assert.deepEqual([await namesOf(timed), timed.warnings], [names, []]);
    const [run] = await readRuns(folderOf(names.toReversed()));
    assert.deepEqual([await namesOf(run), run.warnings.map(({ code }) => code)], [names, ["ORDER_GUESSED"]]);
  }
});

test("times of day over midnight: the times of the files decide, else it is a warning", async () => {
  for (const names of [
    ["at 23-59-58.png", "at 23-59-59.png", "at 00-00-01.png"],
    ["11.58 PM.png", "11.59 PM.png", "12.01 AM.png"],
  ]) {
    const files = names.map((name, i) => new File([folderOf([name]).get(name)], name, { lastModified: i * 60_000 }));
    const [timed] = await readRuns(files);
    assert.deepEqual([await namesOf(timed), timed.warnings], [names, []]);
    const [run] = await readRuns(folderOf(names));
    assert.deepEqual([await namesOf(run), run.warnings.map(({ code }) => code)], [names, ["ORDER_GUESSED"]]);
  }
  const [day] = await readRuns(folderOf(["00-00-01.png", "08-30-00.png", "16-00-00.png", "23-00-00.png"]));
  assert.deepEqual(day.warnings, []);
});

test("numbers with gaps have not begun anew", async () => {
  for (const names of [
    ["0001.png", "0800.png", "9999.png"],
    ["s_001.png", "s_002.png", "s_999_end.png", "s_900_late.png"].toSorted(),
    ["98.png", "99.png", "100.png"],
  ]) {
    const [run] = await readRuns(folderOf(names));
    assert.deepEqual([await namesOf(run), run.warnings], [names, []]);
  }
});

test("numbers that may be hexadecimal, and times of which one is coarser than the other, are a warning", async () => {
  for (const names of [
    ["10.png", "1a.png", "20.png", "1f.png"],
    ["9.png", "1f.png", "a0.png"],
    ["3f2a.png", "9c1b.png", "77de.png"],
    ["1700000000.png", "1700000000500.png"],
  ]) {
    const [run] = await readRuns(folderOf(names));
    assert.deepEqual(
      run.warnings.map(({ code }) => code),
      ["ORDER_GUESSED"],
      names.join(),
    );
  }
});

test("an order that is a guess is a warning", async () => {
  const warningsOf = async (names) => (await readRuns(folderOf(names)))[0].warnings.map(({ code }) => code);
  assert.deepEqual(await warningsOf(["login.png", "cart.png"]), ["ORDER_GUESSED"]);
  assert.deepEqual(await warningsOf(["1.png", "1.jpeg", "2.png"]), ["ORDER_GUESSED"]);
  assert.deepEqual(await warningsOf(["only.png"]), []);
});

test("numbers behind different words that do not count through all of them leave the order a guess", async () => {
  for (const names of [
    ["cart-1.png", "cart-2.png", "pay-1.png"],
    ["cart-800.png", "pay-1280.png", "start-640.png"],
  ]) {
    const [run] = await readRuns(folderOf(names));
    assert.deepEqual(await namesOf(run), names);
    assert.equal(run.warnings[0].code, "ORDER_GUESSED");
  }
});

test("files that somebody picks are sorted as those of a folder, and what is a guess is said", async () => {
  const sorted = async (names, options) => {
    const { files, warning } = await sortFiles(
      names.map((name, i) => new File([], name, { lastModified: -i })),
      options,
    );
    return [files.map(({ name }) => name).join(), warning?.code];
  };
  assert.deepEqual(await sorted(["login (1).png", "login.png"]), ["login.png,login (1).png", undefined]);
  assert.deepEqual(await sorted(["step_10.png", "step_2.png"]), ["step_2.png,step_10.png", undefined]);
  assert.deepEqual(await sorted(["pay.png", "cart.png"]), ["cart.png,pay.png", "ORDER_GUESSED"]);
  const ids = ["6ba7b810-9dad-41d1-80b4-00c04fd430c8.png", "550e8400-e29b-41d4-a716-446655440000.png"];
  assert.deepEqual(await sorted(ids), [ids.join(), "ORDER_UNKNOWN"]);
  assert.deepEqual(await sorted(ids, { order: "time" }), [ids.toReversed().join(), undefined]);
  assert.deepEqual(await sorted([]), ["", undefined]);
  await assert.rejects(sortFiles([{}]), /TypeError: files\[0\]\.name: expected a text/);
  await assert.rejects(sortFiles([], { by: "time" }), /TypeError: options\.by/);
});
