/**
 * One value that has something at every place where one of the examples has: what a clause of one document reads is
 * looked up even when the others do not call it. Lists give the merge of all their elements, as one.
 */
export function mergedExample(examples: readonly unknown[]): unknown {
  const known = examples.filter((example) => example !== null && example !== undefined);
  const [first] = known;
  if (Array.isArray(first)) {
    const elements = known.flatMap((list) => list as unknown[]);
    return elements.length === 0 ? [] : [mergedExample(elements)];
  }
  if (typeof first !== 'object') return first ?? null;
  const objects = known as Record<string, unknown>[];
  const keys = new Set(objects.flatMap((object) => Object.keys(object)));
  return Object.fromEntries(
    [...keys].map((key) => [key, mergedExample(objects.map((object) => object[key]))]),
  );
}
