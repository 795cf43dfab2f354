import { defineRoute } from '../define-route.ts';

export const metrics = {
  getMetrics: defineRoute('GET', '/metrics', {
    access: 'viewer',
    tag: 'Service',
    summary: 'Metrics for Prometheus',
    description:
      'Text format 0.0.4. The API key may also be sent as `Authorization: Bearer`. The setting WINESAP_METRICS opens this to everybody, or turns it off.',
    answers: 'text',
  }),
};
