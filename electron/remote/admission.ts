import { contract, type CallName } from '../../shared/contract/contract.ts'
import { closeCodes, type SessionFrame } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import type { FailureLimit } from './failureLimit.ts'
import { createSessions, type Session } from './sessions.ts'
import { createTokenCheck, readAuth } from './token.ts'

/** What a first message proved: the right to a session, which is new when it was asked for in exchange. */
export type Proof = {
  readonly session: Session
  readonly isExchanged: boolean
  /** A program says nothing of persons: whatever it asks for is use. */
  readonly isProgram: boolean
}

export type Stay = { readonly onCall: (name: CallName) => void }

export type Admission = {
  /** Null: refused. */
  readonly admit: (message: string, address: string) => Proof | null
  /** Tells the session's secret where it was asked for, and ends the connection when nobody uses it any more. */
  readonly begin: (
    proof: Proof,
    channel: Channel,
    end: (code: number, reason: string) => void,
  ) => Stay
}

export type AdmissionOptions = {
  readonly failures: FailureLimit
  readonly token: string
  readonly idleMs: number
  readonly nowMs: () => number
}

/** Who may connect, and for how long. */
export function createAdmission({ failures, token, idleMs, nowMs }: AdmissionOptions): Admission {
  const isToken = createTokenCheck(token)
  const sessions = createSessions({ token, idleMs, nowMs })
  return { admit, begin }

  function admit(message: string, address: string): Proof | null {
    if (failures.isBlocked(address)) return null
    const auth = readAuth(message)
    if (isToken(auth.token)) {
      const isExchanged = auth.exchange === true
      return { session: sessions.open(), isExchanged, isProgram: !isExchanged }
    }
    const session = sessions.find(auth.token)
    if (session !== null) return { session, isExchanged: false, isProgram: false }
    failures.fail(address)
    return null
  }
}

function begin(
  { session, isExchanged, isProgram }: Proof,
  channel: Channel,
  end: (code: number, reason: string) => void,
): Stay {
  const { secret } = session
  if (isExchanged) {
    channel.send(JSON.stringify({ kind: 'session', secret } satisfies SessionFrame))
  }
  let timer = later()
  channel.onClose(() => clearTimeout(timer))
  return {
    onCall: (name) => {
      if (isProgram || isUse(name)) session.touch()
    },
  }

  function later(): NodeJS.Timeout {
    return setTimeout(look, Math.min(session.remainingMs() + 1, longestMs)).unref()
  }

  function look(): void {
    if (session.remainingMs() > 0) timer = later()
    else {
      session.end()
      end(closeCodes.idle, 'Nobody used it.')
    }
  }
}

/** A page reads again by itself; a person is there when it says so, or when something is to be changed. */
function isUse(name: CallName): boolean {
  return name === 'connection.active' || contract[name].effect === 'write'
}

/** The longest that a timer can wait. */
const longestMs = 2 ** 31 - 1
