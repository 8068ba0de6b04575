// The addresses of the page. The first segment of each is in `site.cpp`, too.
import { createRouter, createWebHistory } from 'vue-router';
import BoardPage from './pages/BoardPage.vue';
import CasePage from './pages/CasePage.vue';
import HomePage from './pages/HomePage.vue';
import NotFound from './pages/NotFound.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/boards/:view', name: 'board', component: BoardPage, props: true },
    { path: '/cases/:id', name: 'case', component: CasePage, props: true },
    { path: '/events', name: 'events', component: () => import('./pages/EventsPage.vue') },
    { path: '/held', name: 'held', component: () => import('./pages/HeldPage.vue') },
    { path: '/operations', name: 'operations', component: () => import('./pages/OperationsPage.vue') },
    { path: '/:rest(.*)*', name: 'missing', component: NotFound },
  ],
});
