// Names of a workspace's places, apart from `layout.ts` because a thread that only looks at files loads no schemas.
export const places = {
  runs: 'runs',
  logs: 'logs',
  state: '.unstuck',
  locks: '.unstuck/locks',
  steps: '.unstuck/steps',
  backups: '.unstuck/backups',
  trash: '.unstuck/trash',
  archive: '.unstuck/archive',
  changes: '.unstuck/changes',
  jobs: '.unstuck/jobs',
  operations: '.unstuck/operations.jsonl',
} as const

/** How the file of an archived run ends. */
export const archiveEnding = '.tar.zst'

export function isDay(name: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(name)
}

export function isTemporary(name: string): boolean {
  return /\.tmp$/i.test(name)
}

/** Says of most names of a day what `dayInId` says of the run: of those whose first digits are the day. */
export function homePattern(day: string, endings: readonly string[]): RegExp {
  const ends = endings.map((ending) => ending.replaceAll('.', String.raw`\.`)).join('|')
  return new RegExp(String.raw`^(?:\D*-)?${day.replaceAll('-', '')}t?\d{4,9}z?(?:-|(?:${ends})$)`)
}
