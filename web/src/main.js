// SPDX-License-Identifier: Apache-2.0
import { mount } from 'svelte';
import './styles/base.css';
import './styles/parts.css';
import './styles/views.css';
import App from './App.svelte';
import { start } from './lib/place.svelte.js';
import { show_theme } from './lib/theme.svelte.js';

show_theme();
start();
mount(App, { target: document.getElementById('page') });
