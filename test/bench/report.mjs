/** Prints what was measured: figures of this machine, and ratios between two things measured in the same run. */

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Runs two things in turn, A B A B…, and keeps the median of each: a drifting machine slows both. */
export async function inTurn(rounds, first, second) {
  const times = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    times[0].push((await timed(first)).ms);
    times[1].push((await timed(second)).ms);
  }
  return times.map(median);
}

const results = [];

export function title(text) {
  console.log(`\n${text}`);
}

export function figure(name, value) {
  console.log(`  ${name.padEnd(58)} ${value}`);
}

/** @param bound the ratio asked for; `at least` when higher is better */
export function ratio(name, value, bound, atLeast = false) {
  const met = atLeast ? value >= bound : value <= bound;
  results.push(met);
  console.log(
    `  ${name.padEnd(58)} ${value.toFixed(2)}  (${atLeast ? '≥' : '≤'} ${bound} : ${met ? 'met' : 'NOT MET'})`,
  );
}

export const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;
export const rate = (count, ms) => `${Math.round((count / ms) * 1000).toLocaleString('en')} /s`;
export const summary = () => `${results.filter(Boolean).length} of ${results.length} ratios met`;
