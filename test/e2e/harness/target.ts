import type { Page } from 'playwright'
import type { Environment } from './processes.ts'

export type TargetName = 'browser' | 'electron-double' | 'electron'

export type OpenOptions = {
  /** A folder or a file; null: what the application opens by itself. */
  readonly path: string | null
  readonly env: Environment
  /** Where the application keeps what is its own. */
  readonly userData: string
  /** Told of every request of a page in a browser that does not go to its host. */
  readonly onStray: (url: string) => void
}

/** The application as it runs on one target. */
export type Opened = {
  readonly page: Page
  /** Null where there is no desktop: in a browser. */
  readonly desktop: Desktop | null
  /** The process that holds the workspace open. */
  readonly pid: number
  /** What the process has said so far. */
  output(): string
  close(): Promise<void>
}

export type Answer = { readonly button: string } | { readonly paths: readonly string[] }

/** Who seems to send a message. */
export type Sender = {
  readonly origin: string
  /** Set for a frame inside the page. */
  readonly parentOrigin?: string
  readonly isOtherWindow?: boolean
}

export type OwnAnswer = { readonly status: number; readonly policy: string | null }

/** What a person, or an attacker, does outside the page. The same for Electron and its double. */
export type Desktop = {
  chooseFromMenu(...labels: readonly string[]): Promise<void>
  answerNext(answer: Answer): Promise<void>
  /** Sends a frame to the main process as another sender would; returns what it is answered. */
  sendForeign(sender: Sender, frame: string): Promise<readonly unknown[]>
  /** What the application's own scheme answers. */
  fetchOwn(url: string): Promise<OwnAnswer>
  startSecondInstance(path: string | null): Promise<void>
  /** Lets the window's page ask to go where a dropped file or folder is, as a drop does. */
  drop(path: string): Promise<{ readonly isPrevented: boolean }>
  isWindowVisible(): Promise<boolean>
  /** Closes the window, as a person does. Resolves when that was asked for. */
  closeWindow(): Promise<void>
  /** Resolves with the exit code when the application has ended. */
  readonly ended: Promise<number | null>
  /** What a page at that address would be granted; only the double can ask in its name. */
  readonly askPermission?: (
    permission: string,
    url: string,
  ) => Promise<{ readonly requested: boolean; readonly checked: boolean }>
  /** Only the double knows what was asked of Electron. */
  readonly records?: () => Promise<
    readonly { readonly what: string; readonly [key: string]: unknown }[]
  >
}
