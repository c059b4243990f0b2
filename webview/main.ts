/**
 * The entry of the page: connects the state to the host and mounts the playground.
 */
import { mount } from 'svelte';
import App from './App.svelte';
import './base.css';
import { createLink } from './connect';
import { Session } from './state/session.svelte';
import { Theme } from './theme/theme.svelte';
import { registerToolkit } from './ui/toolkit';

registerToolkit();
const link = createLink();
const session = new Session();
const theme = link.kind === 'standalone' ? new Theme() : undefined;
mount(App, { target: document.getElementById('app') ?? document.body, props: { session, theme } });
link.start({ opened: (channel) => session.attach(channel), closed: () => session.detach() });
