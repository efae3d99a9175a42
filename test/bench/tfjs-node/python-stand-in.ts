/**
 * C source of a library that has the names of Python's interface and no Python behind them: TensorFlow's C library out of a
 * Python wheel wants them all when it is loaded, and its C interface calls none.
 *
 * @param relocations What `readelf --relocs --wide` prints of that library: a jump slot is a function; all others are objects
 * of which only the address is taken.
 * @throws Error where it names nothing of Python.
 */
export function standInSource(relocations: string): string {
  const functions = new Set<string>();
  const objects = new Set<string>();
  for (const [, type, name] of relocations.matchAll(/\b(R_X86_64_\w+)\s+[\da-f]+\s+(_?Py\w+)/g)) {
    if (name === undefined) continue;
    if (type?.startsWith('R_X86_64_JUMP_SLO')) functions.add(name);
    else objects.add(name);
  }
  // A function whose address is taken too.
  for (const name of functions) objects.delete(name);
  if (functions.size === 0) throw new Error('the library asks for nothing of Python');
  functions.delete('Py_IsInitialized');
  return [
    '#include <stdio.h>',
    '#include <stdlib.h>',
    '',
    'static void refuse(const char *name) {',
    '  fprintf(stderr, "TensorFlow called %s, but there is no Python here.\\n", name);',
    '  abort();',
    '}',
    '',
    'int Py_IsInitialized(void) { return 0; }',
    ...[...functions].map((name) => `void ${name}(void) { refuse("${name}"); }`),
    // At least as large as any type object of CPython.
    ...[...objects].map((name) => `_Alignas(16) char ${name}[1024];`),
    '',
  ].join('\n');
}
