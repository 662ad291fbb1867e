import type { Metadata } from "next";
import { OneFieldForm } from "@/components/settings/one-field-form";
import { RemovePictureForm, UploadPictureForm } from "@/components/settings/picture-forms";
import { pictureErrors, profileSuccesses } from "@/components/settings/profile-notices";
import { Section } from "@/components/settings/section";
import { Avatar } from "@/components/ui/avatar";
import { PageHeading } from "@/components/ui/page-heading";
import { StatusNotice } from "@/components/ui/status-notice";
import { paths, profileNotices } from "@/lib/routes";
import { gatedPage } from "../../page-builders";
import { saveName, savePictureUrl } from "./actions";

export const metadata: Metadata = { title: "Profile settings" };

export default gatedPage(paths.profileSettings, async (viewer, { searchParams }) => {
  const { notice: code } = await searchParams;
  const notice = profileNotices.find((name) => name === code);
  const done = notice === undefined ? null : profileSuccesses[notice];
  return (
    <>
      <PageHeading title="Profile">How others see you here.</PageHeading>
      <StatusNotice>{done}</StatusNotice>
      <Section title="Name" about="What we call you. Without one we show your user name.">
        <OneFieldForm
          action={saveName}
          label="Name"
          field={{ name: "name", label: "Name", autoComplete: "name", defaultValue: viewer.name ?? "" }}
          button="Save name"
        />
      </Section>
      <Section title="Picture">
        <div className="mb-6 flex items-center gap-5">
          <Avatar viewer={viewer} size="large" />
          {viewer.picture ? (
            <RemovePictureForm />
          ) : (
            <p className="text-sm text-muted">Without a picture we show your initials.</p>
          )}
        </div>
        <UploadPictureForm error={notice === undefined ? null : (pictureErrors[notice] ?? null)} />
      </Section>
      <Section
        title="A picture from the web"
        about="Your browser, and that of everybody who sees your name here, fetches it from there."
      >
        <OneFieldForm
          action={savePictureUrl}
          label="Picture from the web"
          field={{
            name: "pictureUrl",
            label: "Address",
            type: "url",
            inputMode: "url",
            required: true,
            placeholder: "https://",
            autoComplete: "off",
            defaultValue: viewer.picture?.startsWith("https://") === true ? viewer.picture : "",
          }}
          button="Use this picture"
        />
      </Section>
    </>
  );
});
