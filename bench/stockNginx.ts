/** What a stock nginx serves. */
export interface Site {
  /** Directives of `location /`. */
  readonly location: string;
  readonly upstream?: string;
}

/**
 * The configuration that nginx's packages and images come with, two workers, and HTTP/2, which is
 * off there. Its format of the log is called `main`.
 */
export function stockConfiguration(
  runDir: string,
  listen: string,
  { location, upstream = "" }: Site,
): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((what) => `${what}_temp_path ${runDir}/${what};`)
    .join(" ");
  return `daemon off; pid ${runDir}/nginx.pid; worker_processes 2;
    events { worker_connections 1024; }
    http {
      ${temporary}
      types { text/css css; }
      default_type application/octet-stream;
      log_format main '$remote_addr - $remote_user [$time_local] "$request" $status '
        '$body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
      access_log /dev/stdout main;
      sendfile on;
      keepalive_timeout 65;
      ${upstream}
      server {
        listen ${listen};
        http2 on;
        location / { ${location} }
      }
    }`;
}
