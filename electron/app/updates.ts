// When a newer version is looked for, and what a person is asked before anything comes of it.

/** What finds, checks and installs updates. */
export interface Updater {
  /** The version that the feed has; null where it is not newer than this one. */
  check(): Promise<string | null>
  /** Resolves when it is here and its digest and signature are right. It is installed after the application has ended. */
  prepare(): Promise<void>
}

export type Feed =
  | { readonly kind: 'off' }
  | { readonly kind: 'on'; readonly url: string }
  | { readonly kind: 'refused'; readonly why: string }

/** Off unless somebody names a feed: in the environment, else in the application's own file. */
export function feedOf(
  environment: Readonly<Record<string, string | undefined>>,
  remembered: string | null,
): Feed {
  const url = environment['UNSTUCK_UPDATE_FEED'] || remembered
  if (url === null || url === '') return { kind: 'off' }
  const { protocol, hostname } = URL.parse(url) ?? { protocol: '', hostname: '' }
  const isOwnMachine = protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
  if (protocol === 'https:' || isOwnMachine) return { kind: 'on', url }
  const why = `Updates are not looked for: the feed ${url} is no https address.`
  return { kind: 'refused', why }
}

export type Question = { readonly message: string; readonly detail: string }

/** Nothing is downloaded before `agrees`, and a run that goes on is never in the way: quitting asks about those by itself. */
export async function offerUpdate(
  updater: Updater,
  own: string,
  agrees: (question: Question) => Promise<boolean>,
): Promise<'none' | 'declined' | 'prepared'> {
  const newer = await updater.check()
  if (newer === null) return 'none'
  const isWanted = await agrees({
    message: `Unstuck ${newer} is there. This is ${own}.`,
    detail:
      'It is downloaded and checked now, and installed when you quit. Runs that go on are left alone: ' +
      'quitting asks what becomes of them first.',
  })
  if (!isWanted) return 'declined'
  await updater.prepare()
  return 'prepared'
}
