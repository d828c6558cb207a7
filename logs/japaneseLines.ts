import { listCommand } from "./edge/realtime";

/** Why a line or a file could not be read, in Japanese, by the English text. */
export const japaneseLines: Readonly<Record<string, string>> = {
  "the test file that AWS writes when a log is switched on: there is no log in it":
    "ログを有効にしたときに AWS が書き込むテストファイル（ログは含まれません）",
  "Apache Parquet, not text": "テキストではなく Apache Parquet",
  "Apache Parquet, not text; pipe it as CSV: duckdb -csv -c \"FROM read_parquet('FILE')\" | hopwise explain -":
    "テキストではなく Apache Parquet です。duckdb -csv -c \"FROM read_parquet('FILE')\" | hopwise explain - としてください",
  "a Network Load Balancer's log": "Network Load Balancer のログ",
  "a Classic Load Balancer's log": "Classic Load Balancer のログ",
  "a VPC flow log": "VPC フローログ",
  [`a real-time log of CloudFront without some of the fields, which its lines do not name: give the fields with --fields "$(${listCommand})"`]: `一部のフィールドがない CloudFront のリアルタイムログ（行にフィールド名がないため、--fields "$(${listCommand})" でフィールドを指定してください）`,
  "a log of CloudFront without its header: give its fields with --fields, in the order of the log":
    "見出しのない CloudFront のログ（--fields でフィールドを並び順どおりに指定してください）",
  "a log of CloudFront whose lines have other fields than --fields names":
    "--fields の指定とは異なるフィールドの CloudFront のログ",
  "a log of AWS WAF": "AWS WAF のログ",
  "a log of AWS CloudTrail: calls of AWS's API, no requests":
    "AWS CloudTrail のログ（AWS の API の呼び出しで、リクエストではありません）",
  "a result of Athena's API whose first row does not name a log's columns: select elb_status_code with target_status_code, or sc_status, and pass the first page before the others":
    "最初の行にログの列名がない Athena の API の結果（elb_status_code と target_status_code、または sc_status を選択し、最初のページを先に渡してください）",
  "a connection log of CloudFront": "CloudFront の接続ログ",
  "a log of an S3 bucket's access": "S3 バケットのアクセスログ",
  "a web server's log (IIS)": "ウェブサーバーのログ（IIS）",
  "a web server's log (nginx, Apache)": "ウェブサーバーのログ（nginx、Apache）",
  "nginx's error log": "nginx のエラーログ",
  "a page of HTML or XML, such as S3's answer to a download that failed":
    "HTML または XML のページ（失敗したダウンロードへの S3 の応答など）",
  "a row of a table without a line before it that names a log's columns: elb_status_code with target_status_code, or sc_status":
    "表の行（ログの列名の行が前にありません。elb_status_code と target_status_code、または sc_status が必要です）",
  "JSON of another kind": "ほかの種類の JSON",
  "cut before the status, or damaged": "ステータスより前で切れているか、破損",
  "not text": "テキスト以外",
  "not a log line": "ログの行ではない",
  "longer than any line of a log": "ログの行としては長すぎる",
  "without target_status_code, which says who made an error: select it, too":
    "target_status_code がない（どこのエラーかが分からないため、これも選択してください）",
  "a count of requests, not one: select the requests without count(*) and GROUP BY":
    "リクエストではなく件数の集計（count(*) と GROUP BY なしで、リクエストを選択してください）",
  gone: "ファイルがなくなりました",
  "no permission to read it": "読み取る権限がありません",
  "compressed by zstd; pipe it: zstd -dc FILE | hopwise explain -":
    "zstd で圧縮されています。zstd -dc FILE | hopwise explain - としてください",
  "compressed by bzip2; pipe it: bzip2 -dc FILE | hopwise explain -":
    "bzip2 で圧縮されています。bzip2 -dc FILE | hopwise explain - としてください",
  "compressed by xz; pipe it: xz -dc FILE | hopwise explain -":
    "xz で圧縮されています。xz -dc FILE | hopwise explain - としてください",
  "a zip archive; pipe it: unzip -p FILE | hopwise explain - (of an Excel workbook, save the sheet as CSV)":
    "zip アーカイブです。unzip -p FILE | hopwise explain - としてください（Excel のブックの場合は、シートを CSV で保存してください）",
};

/** A problem of a line or a file; an error of the system stays as it is. */
export function problemInJapanese(problem: string): string {
  const [, how] = /^damaged gzip \((.*)\); what came before it counts$/s.exec(problem) ?? [];
  if (how !== undefined)
    return `gzip が破損しています（${how}）。その前までの内容は集計しています。`;
  return japaneseLines[problem] ?? problem;
}
