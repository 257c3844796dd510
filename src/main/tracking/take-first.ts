/** Takes the first of these that fits off the list; undefined where none does. */
export function takeFirst<Item>(items: Item[], fits: (item: Item) => boolean): Item | undefined {
  const at = items.findIndex(fits)
  return at === -1 ? undefined : items.splice(at, 1)[0]
}
