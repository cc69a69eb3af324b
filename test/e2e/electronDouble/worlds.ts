// The two worlds of a page: its own, and the isolated one in which the preload script runs.
// Between them goes what Electron's context bridge lets through: plain values and functions, called in place.

/** Runs in both worlds, with the roles of the two names exchanged. */
const endpointSource = `
  const functions = new Map()
  let calls = 0
  const encode = (value) => {
    if (typeof value !== 'function') return { value }
    const id = functions.size + 1
    functions.set(id, value)
    return { id }
  }
  const decode = (coded) => coded.id === undefined ? coded.value : (...args) => call(coded.id, args)
  const call = (id, args) => {
    const answerName = there + ':' + ++calls
    let answer
    const listen = (event) => { answer = JSON.parse(event.detail) }
    document.addEventListener(answerName, listen, { once: true })
    const detail = JSON.stringify({ id, answerName, args: args.map(encode) })
    document.dispatchEvent(new CustomEvent(there, { detail }))
    document.removeEventListener(answerName, listen)
    if (answer.error !== undefined) throw new Error(answer.error)
    return decode(answer.result)
  }
  const run = ({ id, args }) => {
    try {
      return { result: encode(functions.get(id)(...args.map(decode))) }
    } catch (error) {
      return { error: String(error) }
    }
  }
  document.addEventListener(here, (event) => {
    const asked = JSON.parse(event.detail)
    const detail = JSON.stringify(run(asked))
    document.dispatchEvent(new CustomEvent(asked.answerName, { detail }))
  })
`

/** Defines what the preload script exposes, as soon as it says so. */
export function pageWorldSource(token: string): string {
  return `(() => {
    if (window !== window.top) return
    const here = '${token}:page', there = '${token}:preload'
    ${endpointSource}
    document.addEventListener('${token}:expose', (event) => {
      const { name, api } = JSON.parse(event.detail)
      const members = Object.entries(api).map(([key, coded]) => [key, decode(coded)])
      const value = Object.freeze(Object.fromEntries(members))
      Object.defineProperty(window, name, { value, enumerable: true })
    })
    document.dispatchEvent(new CustomEvent('${token}:page-ready'))
  })()`
}

/** Runs the preload script as Electron runs a sandboxed one: CommonJS, with two parts of \`electron\` and nothing of Node. */
export function preloadWorldSource(token: string, preload: string): string {
  return `(() => {
    if (window !== window.top) return
    const here = '${token}:preload', there = '${token}:page'
    ${endpointSource}
    const listeners = new Map()
    const exposed = []
    const announce = (detail) =>
      document.dispatchEvent(new CustomEvent('${token}:expose', { detail }))
    document.addEventListener('${token}:page-ready', () => exposed.forEach(announce))
    globalThis.${deliverName} = (channel, args) => {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...args)
    }
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name, api) => {
          const coded = Object.fromEntries(
            Object.entries(api).map(([key, value]) => [key, encode(value)]),
          )
          exposed.push(JSON.stringify({ name, api: coded }))
          announce(exposed.at(-1))
        },
      },
      ipcRenderer: {
        send: (channel, ...args) => ${bindingName}(JSON.stringify({ channel, args })),
        on: (channel, listener) =>
          listeners.set(channel, new Set([...(listeners.get(channel) ?? []), listener])),
        off: (channel, listener) => listeners.get(channel)?.delete(listener),
      },
    }
    const require = (name) => {
      if (name === 'electron') return electron
      throw new Error('A sandboxed preload script cannot load ' + name)
    }
    const module = { exports: {} }
    ;(function (require, module, exports, process, Buffer) {
${preload}
    })(require, module, module.exports)
  })()`
}

export const bindingName = '__electronDoubleSend'
export const deliverName = '__electronDoubleDeliver'
export const worldName = 'Electron Isolated Context'
