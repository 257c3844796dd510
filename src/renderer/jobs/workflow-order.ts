import type { Workflow } from '../../shared/app-state.ts'

/**
 * The workflows in whose name the search occurs, favourites first, then by name.
 * @param favourites the ids that count as favourites here: a star that is changed does not move its row
 * @param search as typed; empty finds all
 */
export function foundWorkflows(
  workflows: readonly Workflow[],
  favourites: ReadonlySet<number>,
  search: string,
  locale: string,
): Workflow[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const folded = (text: string): string => text.normalize('NFKC').toLocaleLowerCase(locale)
  const words = folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '')
  const isFavourite = ({ id }: Workflow): number => Number(favourites.has(id))
  return workflows
    .filter(({ name }) => words.every((word) => folded(name).includes(word)))
    .toSorted((a, b) => isFavourite(b) - isFavourite(a) || compare(a.name, b.name) || a.id - b.id)
}
