import { ArticleEditor } from "./article-editor.js";

for (const textarea of document.querySelectorAll("textarea[data-editor]")) textarea.editor = new ArticleEditor(textarea);
