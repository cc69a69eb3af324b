import { connect } from 'node:net'
import { AppError, toAppError } from '../../shared/errors.ts'
import { ControlAnswer, maxControlLine, type ControlCommand } from './controlCommand.ts'

/** Asks the process behind a control socket. Resolves when it took the command; throws its error, or `io` when it does not answer. */
export async function sendControl(
  address: string,
  command: ControlCommand,
): Promise<Extract<ControlAnswer, { readonly ok: true }>> {
  const request = `${JSON.stringify(command)}\n`
  if (request.length > maxControlLine) throw tooLong(command, request.length)
  const line = await ask(address, request).catch((cause: unknown) => {
    throw unanswered(command, cause)
  })
  const answer = parseAnswer(line)
  if (answer === null) throw unanswered(command, new Error('it does not speak this protocol'))
  if ('error' in answer) throw new AppError(answer.error.code, answer.error.message)
  return answer
}

function ask(address: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    let received = ''
    socket.setEncoding('utf8')
    socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('no answer in time')))
    socket.on('connect', () => socket.write(request))
    socket.on('data', (text: string) => {
      received += text
      if (received.length > maxControlLine) socket.destroy(new Error('its answer is too long'))
      const end = received.indexOf('\n')
      if (end === -1) return
      resolve(received.slice(0, end))
      socket.end()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('it closed the connection')))
  })
}

function parseAnswer(line: string): ControlAnswer | null {
  try {
    return ControlAnswer.safeParse(JSON.parse(line)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function tooLong({ run, command }: ControlCommand, length: number): AppError {
  return new AppError(
    'invalid-input',
    `What was given for the ${command} of run ${run} has ${length} characters, more than the ${maxControlLine} that its process takes. Give less; nothing was sent.`,
    { run },
  )
}

function unanswered(command: ControlCommand, cause: unknown): AppError {
  return new AppError(
    'io',
    `The process that holds run ${command.run} does not answer (${toAppError(cause).message}). Look at who holds it, then try again.`,
    { run: command.run },
    { cause },
  )
}

/** A command is answered between two turns of the run's loop, which may wait for a slow disk. */
const answerWithinMs = 15_000
