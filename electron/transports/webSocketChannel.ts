import type { WebSocket } from 'ws'
import { AppError } from '../../shared/errors.ts'
import { closeCodes } from '../../shared/rpc/authFrame.ts'
import type { Channel } from '../../shared/rpc/channel.ts'
import { createListeners } from './listeners.ts'

export type Limits = {
  /** More bytes waiting than that: events are held back. */
  readonly congestedBytes: number
  /** More bytes waiting than that: calls are refused, because nobody reads their answers. */
  readonly fullBytes: number
  /** More bytes waiting than that: the other end does not read, and the connection is ended. */
  readonly maxWaitingBytes: number
}

const usualLimits: Limits = {
  congestedBytes: 1_000_000,
  fullBytes: 8_000_000,
  maxWaitingBytes: 32_000_000,
}

/** A channel over an open WebSocket. Binary messages end the connection: frames are text. */
export function webSocketChannel(socket: WebSocket, limits: Limits = usualLimits): Channel {
  const drained = createListeners<void>()
  let wasCongested = false

  return {
    send: (frame) => {
      if (socket.readyState !== socket.OPEN) throw new AppError('io', 'The connection is closed.')
      socket.send(frame, afterSend)
      if (socket.bufferedAmount > limits.maxWaitingBytes) giveUp()
    },
    onFrame: (listener) => {
      const receive = (data: unknown, isBinary: boolean): void => {
        if (isBinary || !Buffer.isBuffer(data)) socket.close(1003, 'Frames are text.')
        else listener(data.toString('utf8'))
      }
      socket.on('message', receive)
      return () => void socket.off('message', receive)
    },
    onClose: (listener) => {
      if (socket.readyState === socket.CLOSED) listener()
      else socket.once('close', listener)
      return () => void socket.off('close', listener)
    },
    close: () => socket.close(1000),
    pressure: {
      isCongested,
      isFull: () => socket.bufferedAmount > limits.fullBytes,
      onDrain: drained.add,
    },
  }

  function isCongested(): boolean {
    const congested = socket.bufferedAmount > limits.congestedBytes
    wasCongested ||= congested
    return congested
  }

  function afterSend(error?: Error | null): void {
    if (error || !wasCongested || socket.bufferedAmount > limits.congestedBytes / 2) return // an error is followed by `close`
    wasCongested = false
    drained.tell()
  }

  function giveUp(): void {
    socket.close(closeCodes.tooSlow, 'The other end does not read.')
    socket.terminate()
  }
}
