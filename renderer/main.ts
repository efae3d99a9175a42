import './styles/base.css';
import { mount } from 'svelte';
import { connect } from './api/connect.ts';
import AppView from './App.svelte';
import { App } from './state/app.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html lacks the #app element');
mount(AppView, { target, props: { app: new App(connect(window), window) } });
