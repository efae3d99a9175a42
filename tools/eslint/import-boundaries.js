/**
 * ESLint rule that holds the arrows of docs/architecture.md: who may import whom.
 *
 * - `src/<folder>` imports only from itself and from folders listed above it in ORDER.
 * - nothing in `src` imports `electron/` or `renderer/`, or the packages `electron` and `svelte`.
 * - `renderer` imports only types, and only from `src/api`.
 * - `node:` modules only where NODE_FOLDERS says so; tensor packages only in TENSOR_FOLDERS.
 */
import path from 'node:path';

/** Lowest first: a folder may import from itself and from those before it. */
export const ORDER = [
  'base',
  'ink',
  'imaging',
  'synthetic',
  'tensor',
  'rvsm',
  'model',
  'reproduction',
  'screening',
  'store',
  'api',
  'host',
  'cli',
];
const NODE_FOLDERS = new Set(['store', 'host', 'cli']);
/** Single files outside NODE_FOLDERS whose work is the outside world: file decoding, font files, backend loading, threads. */
const NODE_FILES = new Set([
  'src/imaging/decode.ts',
  'src/synthetic/font-files.ts',
  'src/tensor/describe-backends.ts',
  'src/tensor/load-backend.ts',
  'src/tensor/load-cpu-engine.ts',
  'src/tensor/cpu/cpu-helper-program.ts',
  'src/tensor/load-tfjs-node.ts',
  'src/tensor/webgpu/describe-webgpu.ts',
  'src/tensor/webgpu/find-vulkan.ts',
]);
const TENSOR_FOLDERS = new Set(['tensor', 'rvsm', 'model']);

/**
 * Says why one import is not allowed.
 * @param {string} fromFile Repository-relative path of the importing file, with forward slashes.
 * @param {string} specifier What is imported: a package name or a relative path.
 * @param {boolean} typeOnly True for `import type`.
 * @returns {string | null} The reason, or null when the import is allowed.
 */
export function refuseImport(fromFile, specifier, typeOnly) {
  const [top, folder] = fromFile.split('/');
  const target = specifier.startsWith('.')
    ? path.posix.normalize(path.posix.join(path.posix.dirname(fromFile), specifier))
    : null;
  if (target === null) {
    if (top !== 'src') return null;
    if (/^(electron|svelte)($|\/)/.test(specifier)) return `src never imports ${specifier}`;
    if (specifier.startsWith('node:') && !NODE_FOLDERS.has(folder) && !NODE_FILES.has(fromFile)) {
      return `src/${folder} takes files, clock and randomness as arguments; node: modules belong to src/store, src/host and src/cli`;
    }
    if (specifier.startsWith('@tensorflow/') && !TENSOR_FOLDERS.has(folder)) {
      return 'the tensor library appears only in src/tensor, src/rvsm and src/model';
    }
    return null;
  }
  const [targetTop, targetFolder] = target.split('/');
  if (top === 'src') {
    if (targetTop === 'electron' || targetTop === 'renderer') return `src never imports ${targetTop}`;
    if (targetTop === 'src' && ORDER.indexOf(targetFolder) > ORDER.indexOf(folder)) {
      return `src/${folder} stands below src/${targetFolder} and may not import it`;
    }
  }
  if (top === 'renderer' && targetTop !== 'renderer') {
    if (targetTop === 'assets') return null;
    if (targetTop !== 'src' || targetFolder !== 'api' || !typeOnly) {
      return 'the renderer imports only types, and only from src/api';
    }
  }
  if (top === 'electron' && targetTop === 'renderer') return 'electron never imports the renderer';
  return null;
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: { type: 'problem', schema: [], messages: { refused: '{{reason}} (import of {{specifier}})' } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const check = (node, source, typeOnly) => {
      if (!source || typeof source.value !== 'string') return;
      const reason = refuseImport(file, source.value, typeOnly);
      if (reason) context.report({ node, messageId: 'refused', data: { reason, specifier: source.value } });
    };
    return {
      ImportDeclaration: (node) =>
        check(
          node,
          node.source,
          node.importKind === 'type' ||
            (node.specifiers.length > 0 && node.specifiers.every((s) => s.importKind === 'type')),
        ),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
    };
  },
};
