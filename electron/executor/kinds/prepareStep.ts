import { resolve } from 'node:path'
import type { Scope } from '../../../shared/core/expression/scope.ts'
import type { RunFacts } from '../../../shared/core/run/runDraft.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import type { Json } from '../../../shared/schema/json.ts'
import { kindOf } from '../../../shared/schema/stepMeaning.ts'
import type { StepDefinition } from '../../../shared/schema/workflow.ts'
import { maxOutputOf } from '../attemptOutput.ts'
import { runError } from '../attemptResult.ts'
import type { ExecutorContext } from '../executorContext.ts'
import type { Prepared, PreparedProcess } from './prepared.ts'
import { stepProgram } from './stepProgram.ts'
import type { HttpStepCall, ModuleCall, StepCall } from './stepCall.ts'
import { createTemplates, expressionError, folderOf, TemplateFailure } from './templates.ts'
import type { Templates } from './templates.ts'

export type StepToPrepare = {
  readonly run: RunFacts
  readonly step: StepId
  readonly definition: StepDefinition
  /** With all that the step's expressions name, `key` included. */
  readonly scope: Scope
}

/** Says what an attempt will do. Evaluates, and begins nothing; an expression that fails refuses the step. */
export function prepareStep(
  context: Pick<ExecutorContext, 'node' | 'functions'>,
  toPrepare: StepToPrepare,
): Prepared {
  const templates = createTemplates(toPrepare.step, toPrepare.scope)
  try {
    return prepare(context, toPrepare, templates)
  } catch (error) {
    if (error instanceof TemplateFailure) return { kind: 'refused', error: error.error }
    throw error
  }
}

function prepare(
  context: Pick<ExecutorContext, 'node' | 'functions'>,
  toPrepare: StepToPrepare,
  templates: Templates,
): Prepared {
  const { step, definition } = toPrepare
  const { run, command, module, http, function: name } = definition
  if (run !== undefined && run.includes('${{')) return expressionInShell(step)
  if (run !== undefined) return processOf(toPrepare, templates, ['/bin/sh', '-c', run])
  if (command !== undefined) {
    const words = command.map((word, index) => templates.text(`command[${index}]`, word))
    return processOf(toPrepare, templates, words)
  }
  if (module !== undefined)
    return calling(context, toPrepare, { templates, call: moduleCall(toPrepare, templates) })
  if (http !== undefined)
    return calling(context, toPrepare, { templates, call: httpCall(definition, templates) })
  if (name !== undefined) return functionOf(context, toPrepare, { templates, name })
  const kind = kindOf(definition)
  const what = kind === null ? 'a kind that this version cannot run' : `\`${kind}\`, no process`
  return { kind: 'refused', error: runError('NotStarted', `Step ${step} is of ${what}.`) }
}

function expressionInShell(step: StepId): Prepared {
  const problem =
    'an expression in a line for the shell could run what stands in its value. Put it into `environment`, and write "$NAME" in the line.'
  return { kind: 'refused', error: expressionError(step, 'run', problem) }
}

function processOf(
  { run, definition }: StepToPrepare,
  templates: Templates,
  command: readonly string[],
): PreparedProcess {
  const { stdin, environment = {}, workingFolder = '.' } = definition
  return {
    kind: 'process',
    command,
    environment: templates.texts('environment', environment),
    passed: definition.passEnvironment ?? [],
    stdin: stdin === undefined ? null : textOf(templates.value('stdin', stdin)),
    workingFolder: folderOf(run, templates.text('workingFolder', workingFolder)),
    callFile: null,
  }
}

/** A text as it is, nothing for null, anything else as JSON. */
function textOf(value: Json): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function calling(
  { node }: Pick<ExecutorContext, 'node'>,
  toPrepare: StepToPrepare,
  { templates, call }: { readonly templates: Templates; readonly call: StepCall },
): Prepared {
  const found = node()
  if (found.kind === 'missing') {
    const message = `Step ${toPrepare.step} needs Node: ${found.why}`
    return { kind: 'refused', error: runError('NodeNotFound', message) }
  }
  return { ...processOf(toPrepare, templates, stepProgram(found)), callFile: call }
}

function moduleCall({ run, definition }: StepToPrepare, templates: Templates): ModuleCall {
  const written = definition.module ?? ''
  const [, path = written, name = null] = /^(.*?)(?:#([^#]*))?$/s.exec(written) ?? []
  return {
    kind: 'module',
    path: resolve(folderOf(run, '.'), path),
    name: name === '' ? null : name,
    written,
    argument: templates.value('with', definition.with ?? {}),
  }
}

function httpCall(definition: StepDefinition, templates: Templates): HttpStepCall {
  const { http = '' } = definition
  const call = typeof http === 'string' ? { url: http } : http
  const { method = 'GET', headers = {}, body = null, expect = ['2xx'] } = call
  return {
    kind: 'http',
    url: templates.text('http.url', call.url),
    method,
    headers: templates.texts('http.headers', headers),
    body: templates.value('http.body', body),
    expect,
    maxOutput: maxOutputOf(definition),
  }
}

function functionOf(
  { functions }: Pick<ExecutorContext, 'functions'>,
  { step, definition }: StepToPrepare,
  { templates, name }: { readonly templates: Templates; readonly name: string },
): Prepared {
  if (functions?.has(name) !== true) {
    const names = [...(functions?.keys() ?? [])]
    const here =
      names.length === 0
        ? 'The program that carries the run has none. Resume the run with the program that started it.'
        : `The program that carries the run has ${names.slice(0, 20).join(', ')}.`
    const message = `Step ${step} calls the function \`${name}\`. ${here}`
    return { kind: 'refused', error: runError('FunctionNotFound', message) }
  }
  return { kind: 'function', name, argument: templates.value('with', definition.with ?? {}) }
}
