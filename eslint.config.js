import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import importBoundaries from './tools/eslint/import-boundaries.js';

const boundaries = { rules: { 'import-boundaries': importBoundaries } };

export default ts.config(
  {
    ignores: [
      'dist/',
      'release/',
      'build/',
      'node_modules/',
      'src/tensor/kernels/assembly/',
      'test-results/',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.{js,ts,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: [
      'src/**/*.ts',
      'electron/**/*.ts',
      'renderer/**/*.{ts,svelte}',
      'test/**/*.ts',
      'scripts/**/*.ts',
    ],
    ignores: ['src/tensor/kernels/assembly/**'],
    plugins: { steadypen: boundaries },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'steadypen/import-boundaries': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: [
      'src/store/**',
      'src/host/**',
      'src/cli/**',
      'src/tensor/describe-backends.ts',
      'src/tensor/load-backend.ts',
      'src/tensor/load-tfjs-node.ts',
      'src/tensor/webgpu/describe-webgpu.ts',
      'src/tensor/webgpu/load-webgpu.ts',
      'src/tensor/kernels/assembly/**',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take an Rng (src/base/rng.ts) as an argument.' },
        { object: 'Date', property: 'now', message: 'Take a Clock (src/base/clock.ts) as an argument.' },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document'],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  { files: ['renderer/**/*.ts', 'test/component/**/*.ts'], languageOptions: { globals: globals.browser } },
);
