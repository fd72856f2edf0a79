// Writes what ICU knows of the calendars, in figures only: node icu.mjs table > ../umm-al-qura.txt; node icu.mjs days > icu-days.txt
// Made with Node 20.20 (ICU 78.2). The days are chosen with a seed.
const printed = (calendar) => new Intl.DateTimeFormat("en-u-nu-latn-ca-" + calendar,
  { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });
const date = (format, time) => {
  const parts = {};
  for (const p of format.formatToParts(new Date(time))) parts[p.type] = p.value;
  return [parseInt(parts.relatedYear ?? parts.year), +parts.month, +parts.day];
};
const iso = (time) => new Date(time).toISOString().slice(0, 10);
const dayLength = 864e5;

function table() {
  const format = printed("islamic-umalqura");
  console.log("# The Umm al-Qura calendar: the year, its first day, and for each of its months 1 where it has 30 days, 0 where 29.");
  console.log("# Source: ICU 78.2 (islamic-umalqura), written by testdata/icu.mjs");
  console.log("# License: Unicode-3.0\n");
  for (let t = Date.UTC(1882, 10, 12), [year] = date(format, t); year <= 1600; year++) {
    const first = t;
    const days = Array(12).fill(0);
    for (let [y, m] = date(format, t); y === year; [y, m] = date(format, t)) {
      days[m - 1]++;
      t += dayLength;
    }
    console.log(year, iso(first), days.map((n) => n - 29).join(""));
  }
}

function days() {
  let seed = 20261130;
  const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const formats = ["persian", "islamic-umalqura", "islamic-civil"].map(printed);
  for (let i = 0; i < 1200; i++) {
    const t = Date.UTC(1890, 0, 1) + Math.floor(random() * 200 * 365.25) * dayLength;
    console.log(iso(t), ...formats.map((f) => date(f, t).join("-")));
  }
}

({ table, days })[process.argv[2]]();
