import type { Stores } from '../../state/createStores.ts'

/** Tells the host now and then that a person is there: a session that nobody uses ends. */
export function noteUse(
  window: Pick<Window, 'addEventListener'>,
  { connection }: Pick<Stores, 'connection'>,
  nowMs: () => number,
): void {
  let lastMs = nowMs()
  const note = () => {
    if (nowMs() - lastMs < everyMs) return
    lastMs = nowMs()
    connection.getState().noteUse()
  }
  for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) {
    window.addEventListener(kind, note, { passive: true })
  }
}

/** The shortest time after which a session may end is a minute. */
const everyMs = 20_000
