import type { App } from 'electron'

export interface OpenRequests {
  /** The last that was asked for so far; asked once. */
  early(): string | null
  /** Hears what is asked for from here on, and the last that nobody heard. */
  onRequest(listener: (target: string) => void): void
}

type Events = Pick<App, 'on'>

/**
 * Files and links that macOS asks the application to open. It asks before the application is ready, and once: whoever
 * listens later has missed what it was started for.
 */
export function createOpenRequests(app: Events): OpenRequests {
  let waiting: string | null = null
  let take = (target: string): void => {
    waiting = target
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    take(path)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    take(url)
  })
  return {
    early,
    onRequest: (listener) => {
      take = listener
      const target = early()
      if (target !== null) listener(target)
    },
  }

  function early(): string | null {
    const target = waiting
    waiting = null
    return target
  }
}
