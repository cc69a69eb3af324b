import type { ErrorCode } from '../../shared/errors.ts'

/** What an error is called on the screen. */
export const errorTitles = {
  'invalid-input': 'That was not accepted',
  'not-found': 'Not found',
  corrupt: 'The state cannot be read',
  locked: 'Somebody else holds it',
  'version-too-new': 'Written by a newer version',
  stale: 'It changed meanwhile',
  untrusted: 'The workspace is not trusted',
  'read-only': 'The workspace is read-only',
  cancelled: 'Cancelled',
  busy: 'The host is busy',
  'in-doubt': 'Not known whether it happened',
  io: 'Reading or writing failed',
  bug: 'A defect of Unstuck',
} as const satisfies Record<ErrorCode, string>

/** What to press on a screen, where the error alone does not say it. */
export const errorHelp: Partial<Record<ErrorCode, string>> = {
  untrusted: 'Read what it runs, then press “Trust this workspace…” at the top.', // [L270]
}
