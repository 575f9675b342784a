/// The page's script: tells a plot's values where a reader points, by mouse, finger or keyboard.
///
/// The page is complete without it. It has no less-than sign, so that it can stand in the page as it is.
public enum PageScript {
    /// The SHA-256 hash of ``text`` as a policy names it (CSP 3, 2.3.1); a test compares both.
    public static let hash = "sha256-xJ1I4fTS/1Se7wZ/NWCLD6ixix4BrQRthPr5NgTLnDI="

    /// The script.
    public static let text = """
        (() => {
        'use strict';
        const three = (v) => String(Number(v.toPrecision(3)));
        const scaled = (v, by, units) => {
          let step = 0;
          while (Math.abs(v) >= by && units.length - 1 > step) { v /= by; step += 1; }
          return `${three(v)} ${units[step]}`;
        };
        const figure = (v, unit) => {
          if (unit === 'bytes') return scaled(v, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
          if (unit === 'ns') return scaled(v, 1000, ['ns', 'µs', 'ms', 's']);
          if (unit === '%') return `${three(v)}%`;
          const plain = Number.isInteger(v) || Math.abs(v) >= 1000 ? Math.round(v).toLocaleString('en') : three(v);
          return unit === '1/s' ? `${plain} a second` : plain;
        };
        const clock = (seconds) => {
          if (60 > seconds) return `${seconds.toFixed(1)} s`;
          const two = (n) => String(n).padStart(2, '0');
          const whole = Math.round(seconds);
          const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
          return `${Math.floor(whole / 3600)}:${rest}`;
        };
        const place = (kind, v, isLast) => {
          if (kind === 'time') return clock(v);
          if (kind === 'delay') return figure(v, 'ns');
          if (kind === 'streams') return `${figure(Math.round(v), '')} streams`;
          const percentile = 100 - 100 / 10 ** v;
          return isLast ? 'largest' : `p${three(percentile) === '100' ? percentile.toFixed(4) : three(percentile)}`;
        };
        // The index of the point that is nearest to a place.
        const nearest = (points, x) => {
          let best = 0;
          points.forEach((point, index) => {
            if (Math.abs(points[best].x - x) > Math.abs(point.x - x)) best = index;
          });
          return best;
        };
        const bars = (svg) => [...svg.querySelectorAll('rect.bar')].map((bar) => ({
          x: Number(bar.getAttribute('x')) + Number(bar.getAttribute('width')) / 2, text: bar.textContent,
        }));
        const line = (path) => {
          const values = path.dataset.values.split(' ').map(Number);
          return {
            name: path.dataset.name,
            points: path.getAttribute('d').slice(1).split('L').map((pair, index) => {
              const [x, y] = pair.split(' ').map(Number);
              return { x, y, value: values[index] };
            }),
          };
        };
        for (const svg of document.querySelectorAll('svg[data-x]')) {
          const { x: kind, unit, from, to, area } = svg.dataset;
          const [left, top, width, height] = area.split(' ').map(Number);
          const lines = [...svg.querySelectorAll('path[data-values]')].map(line);
          const stops = kind === 'bars' ? bars(svg) : lines.reduce((a, b) => b.points.length > a.length ? b.points : a, []);
          if (stops.length === 0) continue;
          const tell = (index) => {
            const stop = stops[index];
            if (kind === 'bars') return stop.text;
            const parts = [];
            for (const { name, points } of lines) {
              const point = points[nearest(points, stop.x)];
              if (Math.abs(point.x - stop.x) > width / 50) continue;
              parts.push((lines.length > 1 ? `${name} ` : '') + figure(point.value, unit));
            }
            const v = Number(from) + (stop.x - left) / width * (Number(to) - Number(from));
            return `${place(kind, v, index === stops.length - 1)}: ${parts.join(' · ')}`;
          };
          const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line');
          cursor.setAttribute('class', 'cursor');
          cursor.setAttribute('y1', top);
          cursor.setAttribute('y2', top + height);
          const value = document.createElement('p');
          value.className = 'value';
          value.setAttribute('aria-hidden', 'true');
          svg.after(value);
          let at = 0;
          const show = (index) => {
            at = Math.max(0, Math.min(stops.length - 1, index));
            cursor.setAttribute('x1', stops[at].x);
            cursor.setAttribute('x2', stops[at].x);
            svg.append(cursor);
            value.textContent = tell(at);
            svg.setAttribute('aria-valuenow', at);
            svg.setAttribute('aria-valuetext', value.textContent);
          };
          const hide = () => {
            cursor.remove();
            value.textContent = '';
          };
          svg.setAttribute('role', 'slider');
          svg.setAttribute('tabindex', '0');
          svg.setAttribute('aria-valuemin', 0);
          svg.setAttribute('aria-valuemax', stops.length - 1);
          svg.setAttribute('aria-valuenow', 0);
          svg.setAttribute('aria-valuetext', tell(0));
          const point = (event) => {
            const box = svg.getBoundingClientRect();
            show(nearest(stops, (event.clientX - box.left) / box.width * svg.viewBox.baseVal.width));
          };
          svg.addEventListener('pointermove', point);
          svg.addEventListener('pointerdown', point);
          svg.addEventListener('pointerleave', () => { if (document.activeElement !== svg) hide(); });
          svg.addEventListener('focus', () => { if (value.textContent === '') show(at); });
          svg.addEventListener('blur', hide);
          svg.addEventListener('keydown', (event) => {
            const page = Math.max(2, Math.round(stops.length / 10));
            const next = {
              ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1,
              PageUp: at + page, PageDown: at - page, Home: 0, End: stops.length - 1,
            }[event.key];
            if (next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
            event.preventDefault();
            show(next);
          });
        }
        })();
        """
}
