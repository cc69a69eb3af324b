/** What the name of a file says of its being a version: names of one family differ in nothing else. */
export type VersionName = {
  readonly family: string
  /** Later versions have a greater one; a name without a version has the greatest. */
  readonly order: string
  /** `plain`: without a version. `named`: it says that it is one. `numbered`: a time or a count, which runs have too. */
  readonly kind: 'plain' | 'named' | 'numbered'
  /** Its name says that it is a copy: `.bak`, `.prev`, `~`. */
  readonly isCopy: boolean
}

export function versionName(path: string): VersionName {
  const at = path.lastIndexOf('/') + 1
  const folder = path.slice(0, at)
  const [name, suffix] = withoutBackup(path.slice(at))
  const stem = name.replace(/\.(?:jsonl?|ndjson)(?:\.(?:gz|zst))?$/i, '')
  const [inner, own] = withoutBackup(stem)
  const copy = suffix ?? own
  const version = versionOf(inner)
  return {
    family: folder + version.family,
    order: version.order + (copy === null ? '1' : `0${copy}`),
    kind: copy !== null && version.kind === 'plain' ? 'named' : version.kind,
    isCopy: copy !== null,
  }
}

function versionOf(stem: string): Omit<VersionName, 'isCopy'> {
  for (const { pattern, kind } of patterns) {
    const found = pattern.exec(stem)
    if (found === null || found.index === 0) continue
    const digits = (found[1] ?? '').replaceAll(/\D/g, '')
    const order = `1${kind === 'named' ? digits.padStart(20, '0') : digits.padEnd(20, '0')}`
    return { family: stem.slice(0, found.index), order, kind }
  }
  return { family: stem, order: '2', kind: 'plain' }
}

const patterns = [
  { pattern: /[._-](?:v|ver|version|rev|revision)[._-]?(\d{1,9})$/i, kind: 'named' },
  {
    pattern:
      /[._-]?((?:19|20)\d\d-?\d\d-?\d\d(?:[T._-]?\d\d[-:._]?\d\d(?:[-:._]?\d\d(?:[._-]?\d{1,6})?)?Z?)?)$/i,
    kind: 'numbered',
  },
  { pattern: /[._-]((?:9|1\d)\d{8}|1\d{12})$/, kind: 'numbered' },
] as const

/** The name without what says that it is a copy, and the order among copies: `.bak2` is older than `.bak`. */
function withoutBackup(name: string): readonly [string, string | null] {
  const found = /(?:[._-](?:bak|backup|prev|previous|old|orig)[._-]?(\d{0,9})|~)$/i.exec(name)
  if (found === null || found.index === 0) return [name, null]
  return [name.slice(0, found.index), String(999_999_999 - Number(found[1] ?? 0)).padStart(9, '0')]
}
