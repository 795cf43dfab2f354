import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { routes, type UploadPage } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { shortDate } from '../../data/times.ts';
import type { ChosenFile } from '../../parts/files/token-file.ts';
import { Entrance } from '../../sign-in/entrance.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { FileStep } from '../renewal/file-step.tsx';
import classes from './upload-screen.module.css';

/** The page behind an upload link, for somebody without access: one location, one file, and nothing else of this Winesap. */
export function UploadScreen() {
  const { secret } = useParams({ from: '/upload/$secret' });
  const page = useQuery({
    ...query(routes.getUploadPage, { params: { secret } }),
    retry: false,
  });
  if (page.isPending) return null;
  if (page.isError) {
    const { title, detail } = problemOf(page.error);
    return <Entrance title={title} lead={detail} />;
  }
  return <Upload secret={secret} page={page.data} />;
}

function Upload({ secret, page }: { secret: string; page: UploadPage }) {
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [problem, setProblem] = useState<{ title: string; detail: string } | null>(null);
  const send = useMutation({
    mutationFn: async (chosen: ChosenFile) =>
      api.call(routes.sendUpload, { params: { secret }, query: { fileName: chosen.name }, body: await chosen.content }),
    onError: (error) => setProblem(problemOf(error)),
  });
  if (send.isSuccess)
    return (
      <Entrance title="Done" lead={send.data.text}>
        <p role="status" className={classes.after}>
          You can close this page.
        </p>
      </Entrance>
    );
  return (
    <Entrance
      wide
      title={`A fresh content token for ${page.locationName ?? 'your location'}`}
      lead={`This page is good for one file until ${shortDate(page.expiresAt)}.`}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (file === null || send.isPending) return;
          setProblem(null);
          send.mutate(file);
        }}
      >
        <FileStep
          kind={page.kind}
          locationName={page.locationName}
          appleId={null}
          heading="h2"
          file={file}
          problem={problem}
          onChoice={(chosen, refused) => {
            setFile(chosen);
            setProblem(refused);
          }}
        />
        <ActionButton type="submit" busy={send.isPending} why={file === null ? 'Choose the file first.' : null}>
          Send
        </ActionButton>
      </form>
    </Entrance>
  );
}
